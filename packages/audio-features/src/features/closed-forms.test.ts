import { describe, expect, it } from 'vitest';
import { chroma } from './chroma';
import { delta } from './delta';
import { onsetStrength } from './onset-strength';
import { pyin } from './pyin/pyin';
import { rms } from './rms';
import { spectralBandwidth } from './spectral-bandwidth';
import { spectralCentroid } from './spectral-centroid';
import { spectralContrast } from './spectral-contrast';
import { spectralCrest } from './spectral-crest';
import { spectralFlatness } from './spectral-flatness';
import { spectralFlux } from './spectral-flux';
import { spectralKurtosis } from './spectral-kurtosis';
import { spectralRolloff } from './spectral-rolloff';
import { spectralSkewness } from './spectral-skewness';
import { spectralSlope } from './spectral-slope';
import { tempo } from './tempo';
import { tonnetz } from './tonnetz';
import { zeroCrossingRate } from './zero-crossing-rate';

const sampleRateHz = 16_000;
const options = { sampleRateHz, center: false };
/** A sine at the frequency of a bin: 62.5 · 16 Hz. */
const sine = Float32Array.from({ length: 8192 }, (_, n) => 0.5 * Math.cos((2 * Math.PI * 1000 * n) / sampleRateHz));
const silence = new Float32Array(6000);
const impulse = Float32Array.from({ length: 2048 }, (_, n) => (n === 1024 ? 1 : 0));

describe('features of signals whose values are known', () => {
  it('a sine has the RMS of amplitude / √2 and crosses zero twice a period', () => {
    for (const value of rms(sine, { center: false })) expect(value).toBeCloseTo(0.5 / Math.SQRT2, 6);
    for (const value of zeroCrossingRate(sine, { center: false })) expect(value).toBeCloseTo(2000 / sampleRateHz, 3);
  });

  it.each([
    [500, 160],
    [512, 128],
    [333, 7],
  ])('are the same whether frames share blocks or not: frames of %i, hop %i', (frameSize, hopSize) => {
    const lead = frameSize >> 1;
    const levels = rms(sine, { frameSize, hopSize });
    const crossings = zeroCrossingRate(sine, { frameSize, hopSize });
    for (let frame = 0; frame < levels.length; frame += 5) {
      const at = (n: number) => sine[frame * hopSize - lead + n];
      const values = Array.from({ length: frameSize }, (_, n) => at(n) ?? 0);
      expect(levels[frame]).toBeCloseTo(Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / frameSize), 6);
      const edges = Array.from(
        { length: frameSize },
        (_, n) => at(n) ?? sine[frame * hopSize - lead + n < 0 ? 0 : sine.length - 1]!,
      );
      const count = edges.filter((x, n) => n > 0 && x < -1e-10 !== edges[n - 1]! < -1e-10).length;
      expect(crossings[frame]).toBeCloseTo(count / frameSize, 7);
    }
  });

  it('a sine has its frequency as centroid and rolloff, the bandwidth of the window, and no flatness', () => {
    expect(spectralCentroid(sine, options)[0]).toBeCloseTo(1000, 3);
    expect(spectralRolloff(sine, options)[0]).toBe(1000 + sampleRateHz / 2048);
    // Bins beside the peak have half its magnitude: distances of one bin, weights 1/4, 1/2, 1/4.
    expect(spectralBandwidth(sine, options)[0]).toBeCloseTo(sampleRateHz / 2048 / Math.SQRT2, 0); // and the rounding of float32
    expect(spectralFlatness(sine, options)[0]).toBeLessThan(1e-10);
  });

  it('an impulse has a flat spectrum: flatness 1, half the band as centroid, no contrast', () => {
    expect(spectralFlatness(impulse, options)[0]).toBeCloseTo(1, 6);
    expect(spectralCentroid(impulse, options)[0]).toBeCloseTo(4000, 3);
    expect(spectralCrest(impulse, options)[0]).toBeCloseTo(1, 6);
    expect(spectralSkewness(impulse, options)[0]).toBeCloseTo(0, 4);
    expect(spectralKurtosis(impulse, options)[0]).toBeCloseTo(1.8, 4); // of a uniform distribution
    expect(spectralSlope(impulse, options)[0]).toBeCloseTo(0, 9);
    for (const value of spectralContrast(impulse, options).data) expect(value).toBeCloseTo(0, 5);
  });

  it('silence has zeros, and no pitch', () => {
    for (const feature of [spectralCentroid, spectralBandwidth, spectralRolloff, spectralFlux, onsetStrength]) {
      expect(feature(silence, options).every((value) => value === 0)).toBe(true);
    }
    const { data, ...shape } = chroma(silence, options);
    expect(data.every((value) => value === 0)).toBe(true);
    expect(tonnetz({ data, ...shape }).data.every((value) => value === 0)).toBe(true);
    const { pitchHz, voiced } = pyin(silence, { sampleRateHz, lowestHz: 100, highestHz: 1000 });
    expect(pitchHz.every((hz) => Number.isNaN(hz))).toBe(true);
    expect(voiced.every((value) => value === 0)).toBe(true);
  });

  it('a sine of A is in the pitch class of A, and pYIN finds it', () => {
    const tone = Float32Array.from({ length: 8192 }, (_, n) => Math.sin((2 * Math.PI * 440 * n) / sampleRateHz));
    const { data, frameCount } = chroma(tone, { ...options, fftSize: 4096 });
    for (let frame = 0; frame < frameCount; frame++) expect(data[9 * frameCount + frame]).toBe(1);
    const { pitchHz } = pyin(tone, { sampleRateHz, lowestHz: 100, highestHz: 1000, center: false });
    for (const hz of pitchHz) expect(12 * Math.abs(Math.log2(hz / 440))).toBeLessThan(0.06); // steps of a tenth of a semitone
  });

  it('a chord of C major points in the tonnetz where its three tones do', () => {
    const data = Float32Array.from({ length: 12 }, (_, c) => ([0, 4, 7].includes(c) ? 1 : 0));
    const [, , , , thirdsX, thirdsY] = tonnetz({ data, chromaCount: 12, frameCount: 1 }).data;
    const angles = [0, 4, 7].map((c) => (Math.PI * 2 * c) / 3);
    expect(thirdsX).toBeCloseTo((0.5 * angles.reduce((sum, angle) => sum + Math.sin(angle), 0)) / 3, 6);
    expect(thirdsY).toBeCloseTo((0.5 * angles.reduce((sum, angle) => sum + Math.cos(angle), 0)) / 3, 6);
  });

  it('derivatives of a parabola are a line and a constant', () => {
    const frameCount = 20;
    const data = Float32Array.from({ length: 2 * frameCount }, (_, i) => (i % frameCount) ** 2);
    const first = delta({ data, frameCount }).data;
    for (let t = 4; t < 16; t++) expect(first[t]).toBeCloseTo(2 * t, 4);
    const second = delta({ data, frameCount }, { order: 2, mode: 'interp' }).data;
    for (const value of second) expect(value).toBeCloseTo(2, 4);
    const ends = delta({ data: Float32Array.of(0, 0, 3), frameCount: 3 }, { width: 3, mode: 'wrap' }).data;
    expect([...ends]).toEqual([-1.5, 1.5, 0]);
  });

  it('a pulse twice a second is 120 beats a minute', () => {
    const envelope = Float32Array.from({ length: 600 }, (_, frame) => (frame % 50 === 0 ? 1 : 0));
    expect(tempo(envelope, { sampleRateHz: 10_000, hopSize: 100 })).toBe(120);
    expect(tempo(new Float32Array(600), { sampleRateHz: 10_000, hopSize: 100 })).toBeCloseTo(120, 0);
  });
});

describe('features refuse', () => {
  const tone = sine.subarray(0, 4096);
  const rows: [string, () => unknown, string][] = [
    ['an option of librosa', () => rms(tone, { frame_length: 512 } as never), 'rms: options must be among frameSize'],
    ['a frame of one sample', () => rms(tone, { frameSize: 1 }), 'rms: frameSize must be an integer of at least 2, got 1'],
    ['no samples', () => zeroCrossingRate(new Float32Array(0)), 'zeroCrossingRate: samples must not be empty, got 0'],
    ['NaN', () => rms(Float32Array.of(0, Number.NaN, 0)), 'rms: samples must be finite numbers, got NaN at sample 1'],
    [
      'infinite samples',
      () => zeroCrossingRate(Float32Array.of(0, 1, Infinity), { frameSize: 3, hopSize: 1 }),
      'zeroCrossingRate: samples must be finite numbers, got Infinity at sample 2',
    ],
    [
      'NaN in a spectrum',
      () =>
        spectralCentroid(
          Float32Array.from({ length: 4000 }, (_, n) => (n === 3001 ? Number.NaN : 0)),
          { sampleRateHz },
        ),
      'spectralCentroid: samples must be finite numbers, got NaN at sample 3001',
    ],
    ['no rate', () => spectralCentroid(tone, {} as never), 'spectralCentroid: sampleRateHz must be positive, got undefined'],
    ['a bad exponent', () => spectralBandwidth(tone, { sampleRateHz, exponent: 0 }), 'exponent must be a positive number, got 0'],
    ['a bad share', () => spectralRolloff(tone, { sampleRateHz, share: 1 }), 'share must lie between 0 and 1, got 1'],
    ['librosa for share', () => spectralRolloff(tone, { sampleRateHz, roll_percent: 0.5 } as never), '(did you mean share?)'],
    [
      'no floor',
      () => spectralFlatness(tone, { sampleRateHz, minimumPower: 0 }),
      'minimumPower must be a positive number, got 0',
    ],
    [
      'no rate for bands',
      () => spectralContrast(tone, {} as never),
      'spectralContrast: sampleRateHz must be positive, got undefined',
    ],
    [
      'half a sample',
      () => spectralContrast(tone, { sampleRateHz, fftSize: 0.5 }),
      'spectralContrast: fftSize must be an integer',
    ],
    [
      'octaves beyond the band',
      () => spectralContrast(tone, { sampleRateHz: 8000 }),
      'spectralContrast: lowestHz · 2^(octaveCount − 1) must lie in 0..4000, got 6400',
    ],
    [
      'octaves without a bin',
      () => spectralContrast(tone, { sampleRateHz, fftSize: 32, lowestHz: 10, octaveCount: 5 }),
      'spectralContrast: fftSize must leave each octave from 10 Hz on a bin, got 32',
    ],
    [
      'a bad norm',
      () => chroma(tone, { sampleRateHz, norm: 'inf' as never }),
      'chroma: norm must be max, sum, length, none, got inf',
    ],
    ['a tuning of a semitone', () => chroma(tone, { sampleRateHz, tuning: 1 }), 'chroma: tuning must lie in -0.5..0.5, got 1'],
    [
      'an invalid chromagram',
      () => tonnetz({ data: new Float32Array(5), chromaCount: 12, frameCount: 1 }),
      'must hold 12×1 values',
    ],
    ['an even width', () => delta({ data: new Float32Array(20), frameCount: 20 }, { width: 8 }), 'width must be an odd integer'],
    ['too few frames', () => delta({ data: new Float32Array(5), frameCount: 5 }), 'width must be at most the 5 frames'],
    ['a bad lag', () => onsetStrength(tone, { sampleRateHz, lag: 0 }), 'onsetStrength: lag must be a positive integer, got 0'],
    ['a short window', () => tempo(tone, { sampleRateHz, windowSeconds: 0.1 }), 'windowSeconds must hold a beat of 320 a minute'],
    [
      'a low pitch',
      () => pyin(tone, { sampleRateHz, lowestHz: 5, highestHz: 500 }),
      'lowestHz must be above 7.8 with frameSize 2048',
    ],
    ['a high pitch', () => pyin(tone, { sampleRateHz, lowestHz: 50, highestHz: 9000 }), 'must lie within 0..8000, got 50..9000'],
  ];
  it.each(rows)('%s', (_, call, message) => expect(call).toThrow(message));
});
