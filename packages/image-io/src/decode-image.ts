import sharp from 'sharp';
import { damagedPicture, resolveDecodeOptions, tooManyPixels, type DecodeImageOptions } from './decode-options';
import type { Picture } from './picture';

/**
 * Decodes a JPEG, PNG, WebP, AVIF, GIF (first frame) or TIFF to sRGB pixels, resized to 128×128 unless told otherwise.
 *
 * The EXIF orientation is applied, transparency is laid over `background`, greyscale becomes three equal channels, 16-bit is
 * scaled to 8 and CMYK is converted through its colour profile. The picture is decoded at full size and then reduced with a
 * Lanczos-3 filter (enlarged: cubic), so the same bytes give the same pixels; JPEG's built-in shrinking is not used.
 * @param bytes the whole file
 * @returns `pixels` Uint8Array [height, width, 3], 0-255
 * @throws Error that begins with `decodeImage: <name>` if the bytes are empty, no picture, damaged, truncated or too large
 */
export async function decodeImage(bytes: Uint8Array, options: DecodeImageOptions = {}): Promise<Picture> {
  const { target, fit, background, maxPixels, name } = resolveDecodeOptions(bytes, options);
  await assertPixelCount(bytes, maxPixels, name);
  const [r, g, b] = background;
  let pipeline = sharp(bytes, { failOn: 'warning', limitInputPixels: maxPixels })
    .autoOrient()
    .flatten({ background: { r, g, b } })
    .toColourspace('srgb');
  if (target) pipeline = pipeline.resize({ ...target, fit: fit === 'squash' ? 'fill' : 'cover', fastShrinkOnLoad: false });
  const { data, info } = await pipeline
    .raw()
    .toBuffer({ resolveWithObject: true })
    .catch((cause: unknown) => {
      throw damagedPicture(name, cause);
    });
  return { pixels: new Uint8Array(data), width: info.width, height: info.height }; // [H, W, 3]
}

/** Reads the header alone. */
async function assertPixelCount(bytes: Uint8Array, maxPixels: number, name: string): Promise<void> {
  const { width, height } = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch((cause: unknown) => {
      throw damagedPicture(name, cause);
    });
  if (width * height > maxPixels) throw tooManyPixels(name, { width, height }, maxPixels);
}
