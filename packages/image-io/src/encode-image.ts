import sharp from 'sharp';
import { assertKnownOptions } from './known-options';
import { assertPicture, type Picture } from './picture';

/**
 * Encodes a picture as PNG, without loss.
 * @throws RangeError if `pixels` does not hold height·width·3 values
 */
export async function encodePng(picture: Picture): Promise<Uint8Array> {
  return new Uint8Array(await rawPipeline('encodePng', picture).png({ compressionLevel: 9 }).toBuffer());
}

/**
 * Encodes a picture as a baseline JPEG with full colour resolution (4:4:4).
 * @param options.quality 1-100
 * @throws RangeError if `pixels` does not hold height·width·3 values or `quality` is out of range; TypeError for any other option
 */
export async function encodeJpeg(picture: Picture, options: { quality?: number } = {}): Promise<Uint8Array> {
  assertKnownOptions('encodeJpeg', options, ['quality']);
  const { quality = 92 } = options;
  if (!Number.isInteger(quality) || quality < 1 || quality > 100) {
    throw new RangeError(`encodeJpeg: quality must be an integer from 1 to 100, got ${quality}`);
  }
  return new Uint8Array(await rawPipeline('encodeJpeg', picture).jpeg({ quality, chromaSubsampling: '4:4:4' }).toBuffer());
}

function rawPipeline(caller: string, picture: Picture) {
  assertPicture(caller, picture);
  const { pixels, width, height } = picture;
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}
