import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodeImage } from './decode-image';
import { encodeWebp } from './encode-webp';

const gradient = {
  pixels: Uint8Array.from({ length: 24 * 16 * 3 }, (_, i) => (Math.floor(i / 3) % 24) * 10 + (i % 3)),
  width: 24,
  height: 16,
};

describe('encodeWebp', () => {
  it('stays close, as WebP', async () => {
    const bytes = await encodeWebp(gradient, { quality: 100 });
    expect((await sharp(bytes).metadata()).format).toBe('webp');
    const { pixels } = await decodeImage(bytes, { size: 'original' });
    const mean = pixels.reduce((sum, value, i) => sum + Math.abs(value - gradient.pixels[i]), 0) / pixels.length;
    expect(mean).toBeLessThan(4);
  });

  it('refuses a quality out of range', async () => {
    await expect(encodeWebp(gradient, { quality: 101 })).rejects.toThrow('encodeWebp: quality must be an integer from 1 to 100');
  });
});
