import { describe, expect, it } from 'vitest';
import { imageToPixels, pixelsToImage } from './image-range';

const everyByte = Uint8Array.from({ length: 256 }, (_, i) => i);

describe('pixelsToImage', () => {
  it('maps 0 to -1 and 255 to 1, linearly', () => {
    const image = pixelsToImage(Uint8Array.of(0, 51, 255));
    expect(image[0]).toBe(-1);
    expect(image[1]).toBeCloseTo(-0.6, 6);
    expect(image[2]).toBe(1);
  });

  it('writes into the given target', () => {
    const batch = new Float32Array(4).fill(9);
    pixelsToImage(Uint8Array.of(255, 0), batch.subarray(2));
    expect([...batch]).toEqual([9, 9, 1, -1]);
    expect(() => pixelsToImage(everyByte, batch)).toThrow('pixelsToImage: target must hold 256 values, got 4');
  });
});

describe('imageToPixels', () => {
  it('restores every byte', () => {
    expect(imageToPixels(pixelsToImage(everyByte))).toEqual(everyByte);
  });

  it('clips values outside [-1, 1]', () => {
    expect([...imageToPixels(Float32Array.of(-3, 1.5, Infinity))]).toEqual([0, 255, 255]);
  });

  it('refuses values that are not numbers', () => {
    expect(() => imageToPixels(Float32Array.of(0, NaN))).toThrow('imageToPixels: image must hold numbers, got NaN at 1');
  });
});
