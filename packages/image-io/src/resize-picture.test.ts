import { describe, expect, it } from 'vitest';
import type { Picture } from './picture';
import { resizePicture } from './resize-picture';

const grey = (width: number, values: number[]): Picture => ({
  pixels: Uint8Array.from(values.flatMap((value) => [value, value, value])),
  width,
  height: values.length / width,
});

const greyOf = ({ pixels }: Picture) => [...pixels].filter((_, i) => i % 3 === 0);

describe('resizePicture', () => {
  it('reduces to the mean of what each pixel covers', () => {
    expect(greyOf(resizePicture(grey(4, [0, 100, 50, 60, 20, 80, 70, 80]), { width: 2, height: 1 }))).toEqual([50, 65]);
    expect(greyOf(resizePicture(grey(3, [0, 90, 240]), { width: 2, height: 1 }))).toEqual([30, 190]);
  });

  it('enlarges to crisp squares', () => {
    expect(greyOf(resizePicture(grey(2, [1, 2]), { width: 4, height: 2 }))).toEqual([1, 1, 2, 2, 1, 1, 2, 2]);
  });

  it('keeps a flat colour flat at every size', () => {
    for (let side = 1; side < 40; side++) {
      const resized = resizePicture(grey(7, Array(49).fill(201)), { width: side, height: 41 - side });
      expect(new Set(resized.pixels)).toEqual(new Set([201]));
    }
  });

  it('copies when nothing changes', () => {
    const picture = grey(2, [1, 2]);
    const copy = resizePicture(picture, { width: 2, height: 1 });
    expect(copy).toEqual(picture);
    expect(copy.pixels).not.toBe(picture.pixels);
  });

  it('refuses sizes that are not whole', () => {
    expect(() => resizePicture(grey(1, [0]), { width: 0, height: 1 })).toThrow(
      'width and height must be positive integers, got 0 and 1',
    );
  });
});
