import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodeImage } from './decode-image';
import { encodeJpeg, encodePng } from './encode-image';

const gradient = {
  pixels: Uint8Array.from({ length: 24 * 16 * 3 }, (_, i) => (Math.floor(i / 3) % 24) * 10 + (i % 3)),
  width: 24,
  height: 16,
};

describe('encodePng', () => {
  it('loses nothing', async () => {
    expect(await decodeImage(await encodePng(gradient), { size: 'original' })).toEqual(gradient);
  });

  it('refuses pixels of another length', async () => {
    await expect(encodePng({ ...gradient, width: 25 })).rejects.toThrow(
      'encodePng: pixels must hold 16·25·3 = 1200 values, got 1152',
    );
  });
});

describe('encodeJpeg', () => {
  it('stays close, at full colour resolution', async () => {
    const bytes = await encodeJpeg(gradient, { quality: 95 });
    expect((await sharp(bytes).metadata()).chromaSubsampling).toBe('4:4:4');
    const { pixels } = await decodeImage(bytes, { size: 'original' });
    expect(Math.max(...pixels.map((value, i) => Math.abs(value - gradient.pixels[i])))).toBeLessThan(8);
  });

  it('refuses a quality out of range', async () => {
    await expect(encodeJpeg(gradient, { quality: 0 })).rejects.toThrow(
      'encodeJpeg: quality must be an integer from 1 to 100, got 0',
    );
  });
});
