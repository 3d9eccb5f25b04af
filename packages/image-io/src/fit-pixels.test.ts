import { describe, expect, it } from 'vitest';
import { decodeImage, encodePng, fitPixels, type FitOptions } from './index';

const gradient = (width: number, height: number) => ({
  pixels: Uint8Array.from({ length: width * height * 3 }, (_, i) => (Math.floor(i / 3) % width) + (i % 3)),
  width,
  height,
});

describe('fitPixels', () => {
  it.each([
    [100, 90],
    [200, 150],
    [128, 128],
  ])('gives the pixels that a file of %i×%i gives, within one level', async (width, height) => {
    const picture = gradient(width, height);
    const expected = await decodeImage(await encodePng(picture));
    const { pixels, ...size } = fitPixels(picture);
    expect(size).toEqual({ width: 128, height: 128 });
    expect(Math.max(...pixels.map((value, i) => Math.abs(value - expected.pixels[i])))).toBeLessThanOrEqual(1);
  });

  it('lays RGBA over the background', () => {
    const data = Uint8ClampedArray.from([10, 20, 30, 255, 10, 20, 30, 0]);
    const { pixels } = fitPixels({ data, width: 2, height: 1 }, { size: 'original', background: [1, 2, 3] });
    expect([...pixels]).toEqual([10, 20, 30, 1, 2, 3]);
  });

  it('crops to the centre', () => {
    const { pixels } = fitPixels(gradient(90, 30), { size: 30, fit: 'crop' });
    expect([pixels[0], pixels[29 * 3]]).toEqual([30, 59]);
  });

  it.each([
    [{ pixels: new Uint8Array(5), width: 2, height: 1 }, {}, 'fitPixels: pixels must hold 1·2·3 = 6 values, got 5'],
    [{ data: new Uint8ClampedArray(6), width: 2, height: 1 }, {}, 'fitPixels: data must hold 1·2·4 = 8 values, got 6'],
    [gradient(2, 2), { size: 0 }, 'fitPixels: size must be whole numbers from 1 to 16384, got 0'],
    [gradient(2, 2), { resize: 2 }, 'fitPixels: options must be known ones, got resize; did you mean size?'],
  ])('refuses %o with %o', (source, options, message) => {
    expect(() => fitPixels(source, options as FitOptions)).toThrow(message);
  });
});
