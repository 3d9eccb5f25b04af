import { describe, expect, it } from 'vitest';
import { gradientHistograms } from './gradient-histograms';

const SIZE = 64;
/** A grey picture from a function of x and y. */
const picture = (value: (x: number, y: number) => number) =>
  Float32Array.from({ length: SIZE * SIZE * 3 }, (_, i) => value(Math.floor(i / 3) % SIZE, Math.floor(i / 3 / SIZE)));
const cell = (histograms: Float32Array, row: number, column: number) => [
  ...histograms.subarray((row * 8 + column) * 8, (row * 8 + column + 1) * 8),
];

describe('gradientHistograms', () => {
  it('of a ramp has one orientation alone, that of its slope', () => {
    const across = cell(
      gradientHistograms(
        picture((x) => x / 32),
        SIZE,
      ),
      3,
      3,
    );
    const down = cell(
      gradientHistograms(
        picture((_, y) => y / 32),
        SIZE,
      ),
      3,
      3,
    );
    // Gradient 2/32; a cell with all its weight in one bin is divided by itself and the damping.
    const expected = 1 / 16 / (1 / 16 + 0.02);
    expect(across[0]).toBeCloseTo(expected, 4);
    expect(down[4]).toBeCloseTo(expected, 4);
    for (const [histogram, peak] of [
      [across, 0],
      [down, 4],
    ] as const) {
      expect(histogram.reduce((sum, value) => sum + value, 0)).toBeCloseTo(histogram[peak], 6);
    }
  });

  it('shares a gradient between orientations: at 22.5° · 1.5 half and half', () => {
    const angle = (Math.PI / 8) * 1.5;
    const histogram = cell(
      gradientHistograms(
        picture((x, y) => (x * Math.cos(angle) + y * Math.sin(angle)) / 32),
        SIZE,
      ),
      3,
      3,
    );
    expect(histogram[1]).toBeCloseTo(histogram[2], 5);
    expect(histogram[1]).toBeGreaterThan(0.1);
  });

  it('is the same for an inverted and a brighter picture, and 0 for a plain one', () => {
    const wave = (x: number, y: number) => Math.sin(x / 5) * Math.cos(y / 7);
    const histograms = gradientHistograms(picture(wave), SIZE);
    gradientHistograms(
      picture((x, y) => 0.3 - wave(x, y)),
      SIZE,
    ).forEach((value, i) => expect(value).toBeCloseTo(histograms[i], 5));
    expect(
      Math.max(
        ...gradientHistograms(
          picture(() => 0.4),
          SIZE,
        ),
      ),
    ).toBe(0);
  });

  it('refuses another number of values', () => {
    expect(() => gradientHistograms([1, 2], 64)).toThrow('values must hold 64 × 64 × 3 numbers');
  });
});
