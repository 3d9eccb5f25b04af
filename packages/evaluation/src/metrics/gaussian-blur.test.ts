import { describe, expect, it } from 'vitest';
import { gaussianBlur } from './gaussian-blur';

const SIZE = 32;
const at = (y: number, x: number, channel: number) => (y * SIZE + x) * 3 + channel;

describe('gaussianBlur', () => {
  it('spreads a point as the Gaussian does, in its channel alone', () => {
    const sigma = 2;
    const point = new Float32Array(SIZE * SIZE * 3);
    point[at(16, 15, 1)] = 1;
    const blurred = gaussianBlur(point, { size: SIZE, sigma });
    const density = (dy: number, dx: number) =>
      Math.exp(-(dy * dy + dx * dx) / (2 * sigma * sigma)) / (2 * Math.PI * sigma * sigma);
    for (const [dy, dx] of [
      [0, 0],
      [1, 0],
      [0, -2],
      [3, 3],
      [-5, 1],
    ]) {
      expect(blurred[at(16 + dy, 15 + dx, 1)]).toBeCloseTo(density(dy, dx), 4);
    }
    expect(blurred.filter((_, i) => i % 3 !== 1).every((value) => value === 0)).toBe(true);
  });

  it('keeps the sum, and a picture of one colour, up to the mirrored edges', () => {
    const noise = Float32Array.from({ length: SIZE * SIZE * 3 }, (_, i) => Math.sin(i * i));
    const sum = (values: Float32Array) => values.reduce((total, value) => total + value, 0);
    expect(sum(gaussianBlur(noise, { size: SIZE, sigma: 3 }))).toBeCloseTo(sum(noise), 2);
    const flat = gaussianBlur(new Float32Array(SIZE * SIZE * 3).fill(0.7), { size: SIZE, sigma: 4 });
    expect(Math.max(...flat.map((value) => Math.abs(value - 0.7)))).toBeLessThan(1e-6);
  });

  it('names what it cannot blur', () => {
    expect(() => gaussianBlur([1, 2], { size: 64, sigma: 1 })).toThrow('values must hold 64 × 64 × 3 numbers, got 2');
    expect(() => gaussianBlur(new Float32Array(12), { size: 2, sigma: 1 })).toThrow(
      'sigma must be above 0 and at most 0.5, got 1',
    );
  });
});
