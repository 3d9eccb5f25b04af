import { describe, expect, it } from 'vitest';
import { fixtureBytes, fixtureFloats, SIGNALS } from '../../test/fixtures/librosa';
import { toMono } from '../to-mono';
import { readWav } from '../wav/read-wav';
import { logMelSpectrum } from './log-mel-spectrum';
import { melSpectrum } from './mel-spectrum';

describe('logMelSpectrum', () => {
  it.each(SIGNALS)('equals librosa within 0.01 dB above -100 dB: %s', (signal) => {
    const { samples, sampleRateHz } = readWav(fixtureBytes(`${signal}.wav`), { name: signal });
    const { data, melCount, frameCount } = logMelSpectrum(toMono(samples), { sampleRateHz });
    const expected = fixtureFloats(`${signal}.mel-db.f32`);
    expect([melCount, frameCount]).toEqual([128, 44]);
    const worst = data.reduce((error, value, i) => Math.max(error, Math.abs(value - expected[i]!)), 0);
    expect(worst).toBeLessThan(0.01);
  });

  it('carries nothing over from the options of the previous call', () => {
    const samples = readWav(fixtureBytes('tone-440.wav')).samples[0]!;
    const before = logMelSpectrum(samples);
    logMelSpectrum(samples, { sampleRateHz: 44100, melCount: 40, fftSize: 1024, scale: 'htk' });
    expect(logMelSpectrum(samples)).toEqual(before);
  });

  it('returns -100 dB for silence', () => {
    const { data } = logMelSpectrum(new Float32Array(22050));
    expect(data.every((value) => Math.abs(value + 100) < 1e-4)).toBe(true);
  });

  it('refuses an empty waveform', () => {
    expect(() => logMelSpectrum(new Float32Array(0))).toThrow('logMelSpectrum: samples must not be empty, got 0');
  });

  it.each([0, 1, 511, 12345, 22049])('names the sample that is not a number: %i', (at) => {
    const samples = new Float32Array(22050);
    samples[at] = Number.NaN;
    expect(() => logMelSpectrum(samples)).toThrow(`logMelSpectrum: samples must be finite numbers, got NaN at sample ${at}`);
  });
});

describe('melSpectrum', () => {
  it('grows with the square of the amplitude', () => {
    const quiet = Float32Array.from({ length: 4096 }, (_, i) => 0.25 * Math.sin(i * 0.1));
    const loud = quiet.map((value) => value * 2);
    const a = melSpectrum(quiet, { sampleRateHz: 16000 }).data;
    const b = melSpectrum(loud, { sampleRateHz: 16000 }).data;
    a.forEach((value, i) => expect(b[i]! / value).toBeCloseTo(4, 4));
  });
});
