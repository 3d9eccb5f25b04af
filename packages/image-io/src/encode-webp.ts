import sharp from 'sharp';
import { assertPicture, type Picture } from './picture';

/**
 * Encodes a picture as lossy WebP. In Node only: not every browser's canvas can write it.
 * @param options.quality 1-100
 * @throws RangeError if `pixels` does not hold height·width·3 values or `quality` is out of range
 */
export async function encodeWebp(picture: Picture, options: { quality?: number } = {}): Promise<Uint8Array> {
  const { quality = 92 } = options;
  if (!Number.isInteger(quality) || quality < 1 || quality > 100) {
    throw new RangeError(`encodeWebp: quality must be an integer from 1 to 100, got ${quality}`);
  }
  assertPicture('encodeWebp', picture);
  const { pixels, width, height } = picture;
  return new Uint8Array(
    await sharp(pixels, { raw: { width, height, channels: 3 } })
      .webp({ quality })
      .toBuffer(),
  );
}
