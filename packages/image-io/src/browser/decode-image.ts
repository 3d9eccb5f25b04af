import { damagedPicture, resolveDecodeOptions, tooManyPixels, type DecodeImageOptions } from '../decode-options';
import { headerSize } from '../header-size';
import { isTruncatedImage } from '../is-truncated-image';
import type { Picture } from '../picture';
import { resizePicture } from '../resize-picture';

/**
 * The browser's decodeImage: as Node's, with the browser's own decoders (no TIFF; AVIF where the browser has it) and resized by
 * area, so pixels may differ from Node's by a few levels.
 * @param bytes the whole file
 * @returns `pixels` Uint8Array [height, width, 3], 0-255
 * @throws Error that begins with `decodeImage: <name>` if the bytes are empty, no picture, damaged, truncated or too large
 */
export async function decodeImage(bytes: Uint8Array, options: DecodeImageOptions = {}): Promise<Picture> {
  const { target, fit, background, maxPixels, name } = resolveDecodeOptions(bytes, options);
  const declared = headerSize(bytes);
  if (declared && declared.width * declared.height > maxPixels) throw tooManyPixels(name, declared, maxPixels);
  if (isTruncatedImage(bytes)) throw damagedPicture(name, 'its end is missing');
  const bitmap = await createImageBitmap(new Blob([bytes.slice()]), { imageOrientation: 'from-image' }).catch(
    (cause: unknown) => {
      throw damagedPicture(name, cause);
    },
  );
  try {
    if (bitmap.width * bitmap.height > maxPixels) throw tooManyPixels(name, bitmap, maxPixels);
    const part =
      target && fit === 'crop' ? centredPart(bitmap, target) : { x: 0, y: 0, width: bitmap.width, height: bitmap.height };
    const canvas = new OffscreenCanvas(part.width, part.height);
    const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
    context.fillStyle = `rgb(${background.join(' ')})`;
    context.fillRect(0, 0, part.width, part.height);
    context.drawImage(bitmap, -part.x, -part.y);
    const picture = withoutAlpha(context.getImageData(0, 0, part.width, part.height));
    return target ? resizePicture(picture, target) : picture;
  } finally {
    bitmap.close();
  }
}

/** The largest part around the centre that has the target's proportions. */
function centredPart(from: { width: number; height: number }, target: { width: number; height: number }) {
  const scale = Math.min(from.width / target.width, from.height / target.height);
  const width = Math.max(1, Math.round(target.width * scale));
  const height = Math.max(1, Math.round(target.height * scale));
  return { x: Math.floor((from.width - width) / 2), y: Math.floor((from.height - height) / 2), width, height };
}

function withoutAlpha({ data, width, height }: ImageData): Picture {
  const pixels = new Uint8Array(width * height * 3); // [H, W, 3]
  for (let i = 0; i < width * height; i++) pixels.set(data.subarray(i * 4, i * 4 + 3), i * 3);
  return { pixels, width, height };
}
