import { resolveFit, type FitOptions } from './decode-options';
import { fitPicture } from './fit-picture';
import { assertPicture, overBackground, type Picture } from './picture';

/** A canvas's ImageData, or anything like it: `data` is [height, width, 4], 0-255, RGBA. */
export interface RgbaPixels {
  readonly data: Uint8Array | Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

/**
 * Brings pixels in memory to a size as `decodeImage` does those of a file: 128×128 by default.
 * @param source RGB as everywhere in this package, or RGBA, such as a canvas's ImageData, which is laid over `background`
 * @returns `pixels` Uint8Array [height, width, 3], 0-255
 * @throws RangeError if the number of pixels does not match the sizes; TypeError for an unknown option
 */
export function fitPixels(source: Picture | RgbaPixels, options: FitOptions = {}): Picture {
  const { target, fit, background } = resolveFit('fitPixels', options);
  const picture = 'pixels' in source ? source : overBackground({ ...checked(source), channels: 4 }, background);
  assertPicture('fitPixels', picture);
  return target ? fitPicture(picture, target, fit) : picture;
}

function checked({ data, width, height }: RgbaPixels): RgbaPixels {
  const expected = width * height * 4;
  if (data.length === expected) return { data, width, height };
  throw new RangeError(`fitPixels: data must hold ${height}·${width}·4 = ${expected} values, got ${data.length}`);
}
