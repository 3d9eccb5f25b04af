import { describe, expect, it } from 'vitest';
import { bytesOf } from '../../../../test/browser/files-in-page';
import { decodeImage, encodeJpeg, encodePng } from '../../src/browser';
import type { Picture } from '../../src/picture';

const colourAt = ({ pixels, width }: Picture, x: number, y: number) => [
  ...pixels.subarray((y * width + x) * 3, (y * width + x) * 3 + 3),
];
const near = (colour: number[], expected: number[], tolerance: number) =>
  colour.forEach((value, i) => {
    if (Math.abs(value - expected[i]) > tolerance) throw new Error(`colour must be about ${expected}, got ${colour}`);
  });

const RED = [200, 40, 30];
const BLUE = [20, 60, 210];

describe('decodeImage in a browser', () => {
  // 80×40, the left half red, the right half blue
  it.each(['halves.png', 'halves.jpg', 'halves.webp', 'halves.gif'])('%s squashed to 128×128', async (name: unknown) => {
    const picture = await decodeImage(bytesOf(name as string));
    expect([picture.width, picture.height, picture.pixels.length]).toEqual([128, 128, 128 * 128 * 3]);
    near(colourAt(picture, 20, 64), RED, 6);
    near(colourAt(picture, 108, 64), BLUE, 6);
  });

  it('keeps the middle when cropped, and every pixel at its original size', async () => {
    const cropped = await decodeImage(bytesOf('halves.png'), { size: { width: 10, height: 20 }, fit: 'crop' });
    expect([colourAt(cropped, 0, 10), colourAt(cropped, 9, 10)]).toEqual([RED, BLUE]);
    const original = await decodeImage(bytesOf('halves.png'), { size: 'original' });
    expect([original.width, original.height, colourAt(original, 39, 0), colourAt(original, 40, 39)]).toEqual([80, 40, RED, BLUE]);
  });

  it('turns a photograph upright', async () => {
    const { width, height } = await decodeImage(bytesOf('turned.jpg'), { size: 'original' });
    expect([width, height]).toEqual([40, 80]);
  });

  it('lays transparency over the background', async () => {
    const clear = bytesOf('clear.png');
    expect(colourAt(await decodeImage(clear), 5, 5)).toEqual([255, 255, 255]);
    expect(colourAt(await decodeImage(clear, { background: [1, 2, 3] }), 5, 5)).toEqual([1, 2, 3]);
  });

  it('refuses what is no picture, truncated, or too large, by name', async () => {
    const options = { name: 'cat.png' };
    await expect(decodeImage(new TextEncoder().encode('hello there'), options)).rejects.toThrow(
      'decodeImage: cat.png must be a JPEG',
    );
    await expect(decodeImage(bytesOf('halves.png').slice(0, -9), options)).rejects.toThrow(
      'decodeImage: cat.png must be a whole, undamaged picture',
    );
    await expect(decodeImage(bytesOf('halves.png').fill(0, 40, 80), options)).rejects.toThrow(
      'decodeImage: cat.png must be a whole, undamaged picture',
    );
    await expect(decodeImage(bytesOf('halves.jpg'), { ...options, maxPixels: 3199 })).rejects.toThrow(
      'decodeImage: cat.png must have at most 3199 pixels, got 80×40 = 3200',
    );
  });
});

describe('encoding in a browser', () => {
  const noise = { pixels: Uint8Array.from({ length: 20 * 10 * 3 }, (_, i) => (i * 97) % 251), width: 20, height: 10 };

  it('PNG keeps every value', async () => {
    const again = await decodeImage(await encodePng(noise), { size: 'original' });
    expect([...again.pixels]).toEqual([...noise.pixels]);
  });

  it('JPEG keeps the colour of a plain picture', async () => {
    const plain = { pixels: Uint8Array.from({ length: 300 }, (_, i) => RED[i % 3]), width: 10, height: 10 };
    near(colourAt(await decodeImage(await encodeJpeg(plain, { quality: 95 })), 64, 64), RED, 4);
    await expect(encodeJpeg(plain, { quality: 0 })).rejects.toThrow(
      'encodeJpeg: quality must be an integer from 1 to 100, got 0',
    );
  });
});
