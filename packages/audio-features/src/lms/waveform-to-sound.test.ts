import { describe, expect, it } from 'vitest';
import { logMelSpectrum } from '../mel/log-mel-spectrum';
import { waveformToSound } from './waveform-to-sound';

const tone = (length: number) => Float32Array.from({ length }, (_, n) => 0.5 * Math.sin((2 * Math.PI * 440 * n) / 44_100));

describe('waveformToSound', () => {
  it('maps the dB of a steady tone linearly onto -1 to 1', () => {
    const waveform = tone(22_050);
    const sound = waveformToSound(waveform, { floorDb: -100, ceilingDb: 60 });
    const lms = logMelSpectrum(waveform).data;
    const loudest = sound.reduce((best, value, i) => (value > sound[best]! ? i : best), 0);
    const mel = Math.floor(loudest / 32);
    expect(sound.length).toBe(128 * 32);
    expect(sound[mel * 32 + 16]).toBeCloseTo((lms[mel * 44 + 22]! + 100) / 80 - 1, 3);
  });

  it('refuses another length', () => {
    expect(() => waveformToSound(tone(44_100), { floorDb: -60, ceilingDb: 20 })).toThrow(
      'waveformToSound: waveform must hold 0.5 s, 22050 samples, got 44100',
    );
  });
});
