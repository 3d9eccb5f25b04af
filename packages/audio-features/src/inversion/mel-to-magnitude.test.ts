import { describe, expect, it } from 'vitest';
import { fixtureBytes, SIGNALS } from '../../test/fixtures/librosa';
import { melFilterbank } from '../mel/mel-filterbank';
import { melSpectrum } from '../mel/mel-spectrum';
import { readWav } from '../wav/read-wav';
import { melToMagnitude } from './mel-to-magnitude';

describe('melToMagnitude', () => {
  it.each(SIGNALS)('finds non-negative magnitudes with the given mel power, within a hundredth of each frame: %s', (signal) => {
    const options = { sampleRateHz: 44100 };
    const spectrum = melSpectrum(readWav(fixtureBytes(`${signal}.wav`)).samples[0]!, options);
    const magnitude = melToMagnitude(spectrum, options); // [44, 1025]
    expect(magnitude.length).toBe(44 * 1025);
    expect(magnitude.every((value) => value >= 0)).toBe(true);
    const bank = melFilterbank(options); // [128, 1025]
    for (let frame = 0; frame < 44; frame += 7) {
      let gap = 0;
      let norm = 0;
      for (let mel = 0; mel < 128; mel++) {
        let power = 0;
        for (let bin = 0; bin < 1025; bin++) power += bank[mel * 1025 + bin]! * magnitude[frame * 1025 + bin]! ** 2;
        gap += (power - spectrum.data[mel * 44 + frame]!) ** 2;
        norm += spectrum.data[mel * 44 + frame]! ** 2;
      }
      expect(Math.sqrt(gap / norm)).toBeLessThan(0.01);
    }
  });
});
