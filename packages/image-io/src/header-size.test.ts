import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { headerSize } from './header-size';

const picture = () => sharp({ create: { width: 300, height: 70, channels: 4, background: { r: 9, g: 99, b: 200, alpha: 0.5 } } });

describe('headerSize', () => {
  it.each([
    ['jpeg', () => picture().jpeg()],
    ['progressive jpeg with EXIF', () => picture().withMetadata({ orientation: 3 }).jpeg({ progressive: true })],
    ['png', () => picture().png()],
    ['gif', () => picture().gif()],
    ['webp', () => picture().removeAlpha().webp()],
    ['webp with alpha', () => picture().webp()],
    ['lossless webp', () => picture().webp({ lossless: true })],
  ])('%s', async (_, make) => {
    expect(headerSize(await make().toBuffer())).toEqual({ width: 300, height: 70 });
  });

  it('returns undefined for a truncated header, or for something that is not a picture', async () => {
    const jpeg = await picture().jpeg().toBuffer();
    for (const length of [0, 3, 20]) expect(headerSize(jpeg.subarray(0, length))).toBeUndefined();
    expect(headerSize(new TextEncoder().encode('no picture at all'))).toBeUndefined();
  });
});
