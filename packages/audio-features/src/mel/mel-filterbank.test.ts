import { describe, expect, it } from 'vitest';
import { fixtureFloats, fixtureJson } from '../../test/fixtures/librosa';
import { melFilterbank } from './mel-filterbank';

describe('melFilterbank', () => {
  it('equals librosa within 1e-6 everywhere', () => {
    const { shape, firstBin, count } = fixtureJson<{ shape: [number, number]; firstBin: number[]; count: number[] }>(
      'mel-filterbank-nonzero.json',
    );
    const weights = fixtureFloats('mel-filterbank-nonzero.f32');
    const expected = new Float32Array(shape[0] * shape[1]);
    for (let mel = 0, at = 0; mel < shape[0]; at += count[mel++]!) {
      expected.set(weights.subarray(at, at + count[mel]!), mel * shape[1] + firstBin[mel]!);
    }
    const actual = melFilterbank({ sampleRateHz: 44100, fftSize: 2048, melCount: 128 });
    expect(actual.length).toBe(expected.length);
    expect(actual.reduce((worst, value, i) => Math.max(worst, Math.abs(value - expected[i]!)), 0)).toBeLessThan(1e-6);
  });

  it('returns filters of unit area over Hz with the slaney norm', () => {
    const bank = melFilterbank({ sampleRateHz: 16000, fftSize: 4096, melCount: 20, scale: 'htk' });
    for (let mel = 0; mel < 20; mel++) {
      const area = bank.subarray(mel * 2049, (mel + 1) * 2049).reduce((sum, weight) => sum + weight, 0) * (16000 / 4096);
      expect(area).toBeCloseTo(1, 2);
    }
  });

  it('sums to one between the outer peaks without norm: neighbouring triangles complement each other', () => {
    const bank = melFilterbank({
      sampleRateHz: 16000,
      fftSize: 1024,
      melCount: 10,
      norm: 'none',
      lowestHz: 100,
      highestHz: 7000,
    });
    const total = new Float64Array(513);
    bank.forEach((weight, i) => (total[i % 513]! += weight));
    const firstPeak = bank.subarray(0, 513).indexOf(Math.max(...bank.subarray(0, 513)));
    const lastPeak = bank.subarray(9 * 513).indexOf(Math.max(...bank.subarray(9 * 513)));
    for (let bin = firstPeak + 1; bin < lastPeak; bin++) expect(total[bin]).toBeCloseTo(1, 6);
  });

  it('refuses edges beyond half the rate', () => {
    expect(() => melFilterbank({ sampleRateHz: 16000, highestHz: 9000 })).toThrow(
      'melFilterbank: lowestHz..highestHz must lie within 0..8000, got 0..9000',
    );
  });

  it('refuses a sample rate of zero', () => {
    expect(() => melFilterbank({ sampleRateHz: 0 })).toThrow('melFilterbank: sampleRateHz must be positive, got 0');
  });
});
