import { assertKnownOptions } from '../known-options';
import { assertPicture, type Picture } from '../picture';

/**
 * Encodes a picture as PNG, without loss.
 * @throws RangeError if `pixels` does not hold height·width·3 values
 */
export async function encodePng(picture: Picture): Promise<Uint8Array> {
  assertPicture('encodePng', picture);
  return encode(picture, { type: 'image/png' });
}

/**
 * Encodes a picture as a JPEG; the browser chooses the chroma subsampling.
 * @param options.quality 1-100
 * @throws RangeError if `pixels` does not hold height·width·3 values or `quality` is out of range; TypeError for any other option
 */
export async function encodeJpeg(picture: Picture, options: { quality?: number } = {}): Promise<Uint8Array> {
  assertKnownOptions('encodeJpeg', options, ['quality']);
  const { quality = 92 } = options;
  if (!Number.isInteger(quality) || quality < 1 || quality > 100) {
    throw new RangeError(`encodeJpeg: quality must be an integer from 1 to 100, got ${quality}`);
  }
  assertPicture('encodeJpeg', picture);
  return encode(picture, { type: 'image/jpeg', quality: quality / 100 });
}

async function encode({ pixels, width, height }: Picture, options: ImageEncodeOptions): Promise<Uint8Array> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
  const image = context.createImageData(width, height);
  for (let i = 0; i < width * height; i++) {
    image.data.set(pixels.subarray(i * 3, i * 3 + 3), i * 4);
    image.data[i * 4 + 3] = 255;
  }
  context.putImageData(image, 0, 0);
  return new Uint8Array(await (await canvas.convertToBlob(options)).arrayBuffer());
}
