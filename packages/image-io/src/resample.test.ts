import { describe, expect, it } from 'vitest';
import { CUBIC, LANCZOS3, resample } from './resample';

const grey = (values: number[]) => ({
  pixels: Uint8Array.from(values.flatMap((v) => [v, v, v])),
  width: values.length,
  height: 1,
});
const greyOf = ({ pixels }: { pixels: Uint8Array }) => [...pixels].filter((_, i) => i % 3 === 0);

describe('kernels', () => {
  it('the cubic is 1 at its centre, 0 at whole distances, and -1/16 half a pixel further', () => {
    expect([0, 1, 2, -1].map(CUBIC.weight)).toEqual([1, 0, 0, 0]);
    expect([0.5, 1.5].map(CUBIC.weight)).toEqual([0.5625, -0.0625]); // Keys: 9/16 and -1/16
  });

  it('Lanczos is a sinc in a wider sinc', () => {
    expect(LANCZOS3.weight(1.5)).toBeCloseTo((Math.sin(1.5 * Math.PI) * Math.sin(0.5 * Math.PI)) / (0.75 * Math.PI ** 2), 12);
    expect(LANCZOS3.weight(3)).toBe(0);
  });
});

describe('resample', () => {
  it('doubles by the closed form: 1/4 and 3/4 between pixels', () => {
    // away from the edges: weights at 1/4 pixel are -0.0703125, 0.8671875, 0.2265625, -0.0234375
    const values = greyOf(resample(grey([0, 0, 0, 0, 128, 0, 0, 0, 0]), { width: 18, height: 1 }));
    expect(values.slice(6, 12)).toEqual([0, 29, 111, 111, 29, 0]);
  });

  it('keeps a flat colour flat, enlarged and reduced', () => {
    for (const width of [1, 5, 9, 20, 31])
      expect(new Set(greyOf(resample(grey(Array<number>(9).fill(77)), { width, height: 3 })))).toEqual(new Set([77]));
  });

  it('resamples a part of the picture', () => {
    const values = greyOf(resample(grey([10, 20, 30, 40, 50, 60]), { width: 2, height: 1, columns: { start: 2, length: 2 } }));
    expect(values).toEqual([30, 40]);
  });

  it('copies when nothing changes', () => {
    const picture = grey([1, 2, 3]);
    const copy = resample(picture, { width: 3, height: 1 });
    expect(copy).toEqual(picture);
    expect(copy.pixels).not.toBe(picture.pixels);
  });
});
