import {
  damagedPicture,
  readSourceAndOptions,
  reportWarnings,
  tooManyPixels,
  unsupportedPicture,
  type DecodeImageOptions,
  type ResolvedDecodeOptions,
} from '../decode-options';
import { fitPicture } from '../fit-picture';
import { headerSize } from '../header-size';
import { imageFormat } from '../image-format';
import type { ImageSource } from '../image-source';
import { inspectImage } from '../inspect/inspect-image';
import { overBackground, type Picture } from '../picture';
import { prepareBytes } from './prepare-bytes';

/**
 * Decodes a picture as `decodeImage` does in Node, but with the browser's decoders (no TIFF; AVIF if the browser supports it), so pixels
 * may differ from Node's by a few levels.
 * @param source the whole file: its bytes, a Blob or File, or a fetch's Response
 * @returns `pixels` Uint8Array [height, width, 3], 0-255
 * @throws Error that begins with `decodeImage: <name>` if the bytes are empty, not a picture, damaged, truncated, in a format that the
 *   browser does not support, or too large, and with `strict` if they deviate from their format at all; TypeError for an unknown option
 */
export async function decodeImage(source: ImageSource, options: DecodeImageOptions = {}): Promise<Picture> {
  const { bytes, resolved } = await readSourceAndOptions(source, options);
  const { maxPixels, name, target, fit } = resolved;
  if (imageFormat(bytes) === 'tiff') throw unsupportedPicture(name, 'a TIFF, which browsers do not read');
  const declared = headerSize(bytes);
  if (declared && declared.width * declared.height > maxPixels) throw tooManyPixels(name, declared, maxPixels);
  const { damage, warnings } = await inspectImage(bytes);
  if (damage) throw damagedPicture(name, damage);
  const picture = await readUpright(bytes, resolved);
  reportWarnings(warnings, resolved);
  return target ? fitPicture(picture, target, fit) : picture;
}

/** The pixels that the browser decodes, at full size, over the background. */
async function readUpright(bytes: Uint8Array, { maxPixels, name, background }: ResolvedDecodeOptions): Promise<Picture> {
  const prepared = prepareBytes(bytes);
  const bitmap = await createImageBitmap(new Blob([prepared.bytes.slice()]), { imageOrientation: 'from-image' }).catch(
    (cause: unknown) => {
      throw damagedPicture(name, cause);
    },
  );
  try {
    if (bitmap.width * bitmap.height > maxPixels) throw tooManyPixels(name, bitmap, maxPixels);
    const turned = prepared.orientation >= 5;
    const [width, height] = turned ? [bitmap.height, bitmap.width] : [bitmap.width, bitmap.height];
    const context = new OffscreenCanvas(width, height).getContext('2d') as OffscreenCanvasRenderingContext2D;
    context.fillStyle = `rgb(${background.join(' ')})`;
    context.fillRect(0, 0, width, height);
    context.setTransform(...uprightTransform(prepared.orientation, bitmap));
    context.drawImage(bitmap, 0, 0);
    return overBackground({ data: context.getImageData(0, 0, width, height).data, width, height, channels: 4 }, background);
  } finally {
    bitmap.close();
  }
}

type Transform = [number, number, number, number, number, number];

/** The canvas transform for an EXIF orientation, 1 to 8. */
function uprightTransform(orientation: number, { width, height }: { width: number; height: number }): Transform {
  const transforms: readonly Transform[] = [
    [1, 0, 0, 1, 0, 0],
    [-1, 0, 0, 1, width, 0],
    [-1, 0, 0, -1, width, height],
    [1, 0, 0, -1, 0, height],
    [0, 1, 1, 0, 0, 0],
    [0, 1, -1, 0, height, 0],
    [0, -1, -1, 0, height, width],
    [0, -1, 1, 0, 0, width],
  ];
  return transforms[orientation - 1]!;
}
