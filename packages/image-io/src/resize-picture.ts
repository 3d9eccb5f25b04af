import { assertKnownOptions } from './known-options';
import { assertPicture, type Picture } from './picture';

/**
 * Resizes by area: every new pixel is the mean of the part of the old picture that it covers. Reducing does not alias and
 * enlarging shows the old pixels as crisp squares. No native code: the same result everywhere.
 * @throws RangeError if a size is not a positive integer or the picture is malformed; TypeError for an unknown option
 */
export function resizePicture(picture: Picture, size: { width: number; height: number }): Picture {
  assertKnownOptions('resizePicture', size, ['width', 'height']);
  const { width, height } = size;
  assertPicture('resizePicture', picture);
  if (!Number.isInteger(width) || !Number.isInteger(height) || width < 1 || height < 1) {
    throw new RangeError(`resizePicture: width and height must be positive integers, got ${width} and ${height}`);
  }
  if (width === picture.width && height === picture.height) return { ...picture, pixels: picture.pixels.slice() };
  const columns = coverage(picture.width, width);
  const rows = coverage(picture.height, height);
  const pixels = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) pixels.set(meanColour(picture, rows[y], columns[x]), (y * width + x) * 3);
  }
  return { pixels, width, height };
}

/** The old pixels that one new pixel covers: the first of them, and the share of the new pixel that each fills. */
interface Span {
  first: number;
  shares: number[];
}

function coverage(oldLength: number, newLength: number): Span[] {
  const step = oldLength / newLength;
  return Array.from({ length: newLength }, (_, i) => {
    const start = i * step;
    const end = Math.min((i + 1) * step, oldLength);
    const first = Math.min(Math.floor(start), oldLength - 1);
    const shares: number[] = [];
    for (let cell = first; cell < end - 1e-9; cell++) {
      shares.push((Math.min(cell + 1, end) - Math.max(cell, start)) / (end - start));
    }
    return { first, shares };
  });
}

function meanColour({ pixels, width }: Picture, rows: Span, columns: Span): [number, number, number] {
  let [red, green, blue] = [0, 0, 0];
  rows.shares.forEach((rowShare, y) =>
    columns.shares.forEach((columnShare, x) => {
      const at = ((rows.first + y) * width + columns.first + x) * 3;
      const share = rowShare * columnShare;
      red += pixels[at] * share;
      green += pixels[at + 1] * share;
      blue += pixels[at + 2] * share;
    }),
  );
  return [Math.round(red), Math.round(green), Math.round(blue)];
}
