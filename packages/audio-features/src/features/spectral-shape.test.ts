import { describe, expect, it } from 'vitest';
import { stft } from '../fourier/stft';
import { openFeaturesModule } from '../wasm/features-module';
import { float64, int32, openMemory } from '../wasm/spectrum-memory';
import { chromaFilterbank } from './chroma-filterbank';
import { rms } from './rms';
import { peaksAndValleys } from './spectral-contrast';
import { createSpectra } from './spectral-frames';

/** Noise over a tone, from a linear congruential generator. */
let state = 1;
const noise = Float32Array.from({ length: 4096 }, (_, n) => {
  state = (state * 48271) % 2147483647;
  return state / 2147483647 - 0.5 + Math.sin(0.3 * n);
});

const sampleRateHz = 8000;

describe.each([2048, 400, 333])('the shape of a spectrum of %i samples', (fftSize) => {
  it.each([1, 1e-7, 1e-18, 1e18])('matches the defining sums, for samples times %d', (scale) => {
    const samples = noise.map((sample) => sample * scale);
    const { shape } = createSpectra({ sampleRateHz, fftSize }, 'test').frameOf(samples, 2);
    const { re, im, binCount } = stft(samples, { fftSize });
    const power = Array.from({ length: binCount }, (_, k) => re[2 * binCount + k]! ** 2 + im[2 * binCount + k]! ** 2);
    const sumOf = (values: number[]) => values.reduce((a, b) => a + b, 0);
    const magnitude = power.map(Math.sqrt);
    const total = sumOf(magnitude);
    const { sum, moment, square } = shape.moments;
    expect(sum / total).toBeCloseTo(1, 6);
    expect(moment / sumOf(magnitude.map((value, k) => k * value))).toBeCloseTo(1, 6);
    expect(square / sumOf(magnitude.map((value, k) => k * k * value))).toBeCloseTo(1, 6);
    const least = 1e-10 * scale ** 2;
    const raised = power.map((value) => Math.max(value, least));
    const flatness = Math.exp(sumOf(raised.map(Math.log)) / binCount) / (sumOf(raised) / binCount);
    expect(shape.flatness(least)).toBeCloseTo(flatness, 9);
    for (const share of [0.01, 0.5, 0.85, 0.999]) {
      const reached = magnitude.findIndex((_, k) => sumOf(magnitude.slice(0, k + 1)) >= share * total);
      expect(shape.rolloffBin(share)).toBe(reached);
    }
  });

  it.each([0.02, 0.3, 0.9])('has the same peaks and valleys as by sorting: %d of each band', (quantile) => {
    const frame = createSpectra({ sampleRateHz, fftSize }, 'test').frameOf(noise, 2);
    const bands = { sampleRateHz, fftSize, octaveCount: 3, lowestHz: 400, quantile };
    const values = new Float64Array(8);
    peaksAndValleys(bands, 'test').measure(frame, values);
    const last = Math.ceil((1600 * fftSize) / sampleRateHz) - 1;
    const sorted = [...frame.magnitude.slice(last)].sort((a, b) => a - b);
    const count = Math.min(sorted.length, Math.max(1, Math.round(quantile * sorted.length)));
    const meanOf = (some: number[]) => some.reduce((a, b) => a + b, 0) / some.length;
    expect(values[7]).toBeCloseTo(meanOf(sorted.slice(0, count)), 9);
    expect(values[3]).toBeCloseTo(meanOf(sorted.slice(-count)), 9);
  });
});

describe.each([
  ['all different', (i: number) => ((i * 7919) % 1009) / 3],
  ['of few values', (i: number) => (i * 7919) % 3],
  ['equal', () => 0.7],
  ['zeros', () => 0],
  ['rising', (i: number) => 1e-300 * i],
  ['of all sizes', (i: number) => 10 ** (((i * 7919) % 601) - 300)],
])('extremes of numbers that are %s', (_, valueAt) => {
  it.each([1, 2, 3, 4, 5, 19, 64, 728, 729])('are the same mean roots as by sorting, of %i numbers', (length) => {
    const table = { values: float64(length), bands: int32(3), work: float64(2 * length + 6), found: float64(2) };
    const { arrays, memory } = openMemory(table, 'test');
    const { values, bands, work, found } = arrays;
    values.set(Float64Array.from({ length }, (_, i) => valueAt(i)));
    const sorted = Array.from(values, Math.sqrt).sort((a, b) => a - b);
    const meanOf = (some: number[]) => some.reduce((a, b) => a + b / some.length, 0);
    for (const count of [1, 2, 3, 15, 40, length - 1, length].filter((each) => each > 0 && each <= length)) {
      bands.set([0, length, count]);
      openFeaturesModule(memory).extremes(values.byteOffset, bands.byteOffset, 1, work.byteOffset, found.byteOffset);
      const [largest, smallest] = [meanOf(sorted.slice(-count)), meanOf(sorted.slice(0, count))];
      expect(Math.abs(found[0]! - largest)).toBeLessThanOrEqual(1e-12 * largest);
      expect(Math.abs(found[1]! - smallest)).toBeLessThanOrEqual(1e-12 * smallest);
    }
  });
});

it.each(['constant', 'edge', 'reflect', 'symmetric'] as const)('rms of a signal of many pieces, padded: %s', (padMode) => {
  const samples = Float32Array.from({ length: 150_001 }, (_, n) => noise[n % 4096]!);
  const values = rms(samples, { padMode });
  const apart = rms(samples, { padMode, hopSize: 511 }); // frames that do not share blocks
  expect(values[0]).toBeCloseTo(apart[0]!, 6);
  for (const frame of [2, 100, 129, 200]) {
    const energy = samples.subarray(frame * 512 - 1024, frame * 512 + 1024).reduce((sum, x) => sum + x * x, 0);
    expect(values[frame]).toBeCloseTo(Math.sqrt(energy / 2048), 6);
  }
});

it.each([3, 5, 7, 12, 24, 36])('filters of %i pitch classes are bells around the octave', (chromaCount) => {
  const shape = { sampleRateHz: 22050, fftSize: 2048, chromaCount, tuning: 0.13 };
  const filters = chromaFilterbank(shape);
  const half = Math.round(chromaCount / 2);
  const placeOf = (bin: number) => chromaCount * Math.log2((bin * 22050) / 2048 / (27.5 * 2 ** (0.13 / chromaCount)));
  for (const bin of [1, 3, 40, 100, 511, 1000]) {
    const width = Math.max(1, placeOf(bin + 1) - placeOf(bin));
    const bell = Array.from({ length: chromaCount }, (_, chroma) => {
      const turns = placeOf(bin) - chroma + half + 10 * chromaCount;
      const distance = (turns % chromaCount) - half;
      return Math.exp(-0.5 * ((2 * distance) / width) ** 2);
    });
    const length = Math.hypot(...bell) / Math.exp(-0.5 * ((placeOf(bin) / chromaCount - 5) / 2) ** 2);
    bell.forEach((weight, chroma) => {
      const row = (chroma + chromaCount - 3 * Math.floor(chromaCount / 12)) % chromaCount;
      expect(filters[row * 1025 + bin]).toBeCloseTo(weight / length, 12);
    });
  }
});
