import { describe, expect, it } from 'vitest';
import { expectedValues, signalOf, worstDifference, type Expected } from '../../test/fixtures/features';
import { blackman, hamming, kaiser, rectangular } from '../fourier/window';
import { powerToDecibels } from './decibels';
import { logMelSpectrum } from './log-mel-spectrum';
import { melSpectrum, type MelSpectrum } from './mel-spectrum';
import { mfcc, type Mfcc } from './mfcc';
import { htkPreset, kaldiPreset } from './presets/filterbank-presets';
import { whisperPreset } from './presets/whisper-preset';

const { 'sung-vowels': expected } = expectedValues('front-ends') as { 'sung-vowels': Record<string, Expected> };
const { samples, sampleRateHz } = signalOf('sung-vowels');

/** Every fifth frame, as in the fixtures. */
function everyFifth({ data, frameCount }: MelSpectrum | Mfcc): number[] {
  return [...data].filter((_, i) => (i % frameCount) % 5 === 0);
}

const mel = (options: object) => logMelSpectrum(samples, { sampleRateHz, ...options });
const cepstrum = (options: object) => mfcc(samples, { sampleRateHz, coefficientCount: 13, ...options });
const decibels = (options: object) => {
  const spectrum = melSpectrum(samples, { sampleRateHz });
  powerToDecibels(spectrum.data, options);
  return spectrum;
};
const steep = { fftSize: 1021, hopSize: 300, windowSize: 800, window: kaiser(8), padMode: 'reflect' };

/** Name in make_features.py, our result, and the tolerance in dB, natural logarithms, or Whisper's unit of 40 dB. */
const CASES: readonly [string, () => MelSpectrum | Mfcc, number][] = [
  ['whisper', () => logMelSpectrum(samples, { preset: whisperPreset }), 1e-5],
  ['whisper128', () => logMelSpectrum(samples, { preset: whisperPreset, melCount: 128 }), 1e-5],
  ['kaldi', () => mel({ preset: kaldiPreset }), 1e-3],
  ['kaldi80', () => mel({ preset: kaldiPreset, melCount: 80 }), 1e-3],
  ['htk', () => mel({ preset: htkPreset }), 1e-3],
  ['odd', () => mel({ fftSize: 401, hopSize: 160, melCount: 40, scale: 'htk', norm: 'none' }), 1e-4],
  ['prime', () => mel({ ...steep, lowestHz: 50, highestHz: 7000, melCount: 64 }), 1e-4],
  ['blackman', () => mel({ fftSize: 1000, window: blackman, padMode: 'edge', melCount: 64 }), 1e-4],
  ['uncentred', () => mel({ fftSize: 600, hopSize: 200, window: hamming, center: false, melCount: 32 }), 1e-4],
  ['symmetric', () => mel({ fftSize: 300, hopSize: 75, window: rectangular, padMode: 'symmetric', melCount: 20 }), 1e-4],
  ['topDb', () => decibels({ topDb: 50 }), 1e-4],
  ['refMax', () => decibels({ ref: 'max', minimumPower: 1e-5 }), 1e-4],
  ['ref', () => decibels({ ref: 0.01, topDb: 30 }), 1e-4],
  ['mfccType1', () => cepstrum({ dctType: 1 }), 1e-3],
  ['mfccType1None', () => cepstrum({ dctType: 1, norm: 'none' }), 1e-2],
  ['mfccType2None', () => cepstrum({ norm: 'none' }), 1e-2],
  ['mfccType3', () => cepstrum({ dctType: 3, melCount: 40 }), 1e-3],
  ['mfccType3None', () => cepstrum({ dctType: 3, norm: 'none' }), 1e-2],
  ['mfccLifter', () => cepstrum({ lifter: 22, melNorm: 'none', fftSize: 400, hopSize: 160, melCount: 40 }), 1e-3],
];

describe('conventions of other projects', () => {
  it.each(CASES)('returns the numbers of the original code: %s', (name, compute, tolerance) => {
    const { values, shape } = expected[name]!;
    const result = compute();
    expect(Math.ceil(result.frameCount / 5)).toBe(shape[1]);
    expect(worstDifference(everyFifth(result), values, 1)).toBeLessThan(tolerance);
  });

  it.each([
    [{ preset: whisperPreset, sampleRateHz: 44100 }, 'sampleRateHz must be 16000 with whisperPreset: resample first, got 44100'],
    [{ preset: whisperPreset, fftSize: 512 }, 'whisperPreset must only be combined with melCount, got fftSize'],
    [{ preset: kaldiPreset }, 'sampleRateHz must be at least 1000, got NaN'],
    [{ preset: htkPreset, sampleRateHz: 16000, center: true }, 'htkPreset must only be combined with sampleRateHz'],
    [{ preset: 'whisper' }, 'preset must be a function such as whisperPreset, got whisper'],
  ])('refuses options that a preset fixes [%#]', (options, message) => {
    expect(() => logMelSpectrum(samples, options as object)).toThrow(`logMelSpectrum: ${message}`);
  });
});

describe('powerToDecibels', () => {
  const power = () => Float32Array.of(1, 0.1, 1e-9, 0);

  it('raises values more than topDb below the loudest', () => {
    expect([...powerToDecibels(power(), { topDb: 80 })]).toEqual([0, -10, -80, -80]);
    expect(powerToDecibels(power())[3]).toBeCloseTo(-100, 4);
  });

  it('measures against the loudest, or another power', () => {
    expect(powerToDecibels(Float32Array.of(100, 1), { ref: 'max' })[1]).toBeCloseTo(-20, 5);
    expect(powerToDecibels(Float32Array.of(100, 1), { ref: 10 })[1]).toBeCloseTo(-10, 5);
  });

  it.each([
    [{ topDb: -1 }, 'topDb must be at least 0, got -1'],
    [{ minimumPower: 0 }, 'minimumPower must be a positive number, got 0'],
    [{ ref: 'mean' }, 'ref must be a number or max, got mean'],
    [{ amin: 1e-5 }, 'options must be among ref, minimumPower, topDb, got amin'],
    [1e-5, 'options must be an object'],
  ])('refuses %o', (options, message) => {
    expect(() => powerToDecibels(power(), options as object)).toThrow(`powerToDecibels: ${message}`);
  });
});
