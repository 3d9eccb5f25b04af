import { describe, expect, it } from 'vitest';
import { fixtureBytes } from '../../test/fixtures/librosa';
import { logMelSpectrum } from '../mel/log-mel-spectrum';
import { readWav } from '../wav/read-wav';
import { lmsToSound } from './sound';
import { soundToWaveform } from './sound-to-waveform';

const range = { floorDb: -60, ceilingDb: 40 };

describe('soundToWaveform', () => {
  it('returns a clip with the requested sound, within 2 dB on average where audible', () => {
    const lms = logMelSpectrum(readWav(fixtureBytes('harmonic-196-vibrato.wav')).samples[0]!).data;
    const sound = lmsToSound(lms, range);
    const waveform = soundToWaveform(sound, range, { seed: 1 });
    expect(waveform.length).toBe(22050);
    expect(waveform.every((value) => Math.abs(value) <= 1)).toBe(true);
    const again = lmsToSound(logMelSpectrum(waveform).data, range);
    const audible = [...sound.keys()].filter((i) => sound[i]! > -0.2); // above -20 dB
    const error = audible.reduce((sum, i) => sum + Math.abs(sound[i]! - again[i]!) * 50, 0) / audible.length;
    expect(audible.length).toBeGreaterThan(300);
    expect(error).toBeLessThan(2);
  });

  it('scales a clip that would exceed full scale', () => {
    const waveform = soundToWaveform(new Float32Array(128 * 32).fill(1), { floorDb: -60, ceilingDb: 60 }, { iterations: 2 });
    expect(waveform.reduce((a, b) => Math.max(a, Math.abs(b)), 0)).toBeCloseTo(1, 6);
  });

  it('is the same for the same seed', () => {
    const sound = Float32Array.from({ length: 128 * 32 }, (_, i) => Math.sin(i));
    expect(soundToWaveform(sound, range, { iterations: 2, seed: 5 })).toEqual(
      soundToWaveform(sound, range, { iterations: 2, seed: 5 }),
    );
  });

  it('refuses a sound of another size', () => {
    expect(() => soundToWaveform(new Float32Array(128 * 44), range)).toThrow(
      'soundToWaveform: sound must hold 128×32 = 4096 values, got 5632',
    );
  });
});
