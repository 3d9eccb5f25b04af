import type { Picture } from './picture';

/** A resampling kernel: how far it reaches, in pixels of the coarser grid, and its weight at a distance. */
export interface Kernel {
  support: number;
  weight(distance: number): number;
}

/** Keys' cubic with a = -1/2, also called Catmull-Rom: Pillow's BICUBIC (R. Keys, "Cubic convolution interpolation", 1981). */
export const CUBIC: Kernel = {
  support: 2,
  weight(distance) {
    const x = Math.abs(distance);
    if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
    return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
  },
};

const sinc = (x: number) => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));

/** The Lanczos kernel with three lobes. */
export const LANCZOS3: Kernel = { support: 3, weight: (x) => (Math.abs(x) < 3 ? sinc(x) * sinc(x / 3) : 0) };

/** The part of a side that is kept: its start and length in pixels, which may be fractional. */
export interface Part {
  start: number;
  length: number;
}

export interface ResampleOptions {
  width: number;
  height: number;
  /** The part of the picture that is kept; all of it by default. */
  columns?: Part;
  rows?: Part;
  /** The kernels for a side that grows and for one that shrinks. */
  enlarging?: Kernel;
  reducing?: Kernel;
}

/**
 * Resamples a picture one axis at a time, rounding each to 8 bits as Pillow does: columns first, but an axis that shrinks before one that
 * grows. Pixels are squares sampled at their centres, so nothing is shifted: a centred square stays centred, and a mirrored picture gives
 * the mirrored result.
 */
export function resample(picture: Picture, options: ResampleOptions): Picture {
  const { width, height, enlarging = CUBIC, reducing = LANCZOS3 } = options;
  const { columns = { start: 0, length: picture.width }, rows = { start: 0, length: picture.height } } = options;
  const kernelFor = (part: Part, length: number) => (length < part.length ? reducing : enlarging);
  const across = weightsOf(picture.width, { part: columns, length: width, kernel: kernelFor(columns, width) });
  const down = weightsOf(picture.height, { part: rows, length: height, kernel: kernelFor(rows, height) });
  const rowsFirst = height < rows.length && width > columns.length;
  const passes = [
    across && ((from: Picture) => resampleColumns(from, across)),
    down && ((from: Picture) => resampleRows(from, down)),
  ];
  if (rowsFirst) passes.reverse();
  const result = passes.reduce((from, pass) => pass?.(from) ?? from, picture);
  return result === picture ? { ...picture, pixels: picture.pixels.slice() } : result;
}

/** For a new pixel, the first old pixel that it depends on, and the weights from there on. */
interface Weights {
  first: number;
  shares: Float64Array;
}

/** The weights for one axis; undefined if nothing changes. */
function weightsOf(oldLength: number, to: { part: Part; length: number; kernel: Kernel }): Weights[] | undefined {
  const { part, length, kernel } = to;
  if (part.start === 0 && part.length === oldLength && length === oldLength) return undefined;
  const step = part.length / length;
  const scale = Math.max(step, 1);
  const reach = kernel.support * scale;
  return Array.from({ length }, (_, i) => {
    const centre = part.start + (i + 0.5) * step;
    const first = Math.max(0, Math.floor(centre - reach + 0.5));
    const last = Math.min(oldLength, Math.floor(centre + reach + 0.5));
    const shares = Float64Array.from({ length: last - first }, (_, j) => kernel.weight((first + j - centre + 0.5) / scale));
    const sum = shares.reduce((total, share) => total + share, 0);
    return { first, shares: shares.map((share) => share / sum) };
  });
}

function resampleColumns({ pixels, width, height }: Picture, weights: Weights[]): Picture {
  const out = new Uint8ClampedArray(weights.length * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < weights.length; x++) {
      const { first, shares } = weights[x]!;
      weigh(pixels, { from: (y * width + first) * 3, step: 3, shares }, out, (y * weights.length + x) * 3);
    }
  }
  return { pixels: new Uint8Array(out.buffer), width: weights.length, height };
}

function resampleRows({ pixels, width }: Picture, weights: Weights[]): Picture {
  const out = new Uint8ClampedArray(width * weights.length * 3);
  for (let y = 0; y < weights.length; y++) {
    const { first, shares } = weights[y]!;
    for (let x = 0; x < width; x++) {
      weigh(pixels, { from: (first * width + x) * 3, step: width * 3, shares }, out, (y * width + x) * 3);
    }
  }
  return { pixels: new Uint8Array(out.buffer), width, height: weights.length };
}

/** Computes one new pixel: the weighted sum of old ones, `step` values apart. */
function weigh(
  pixels: Uint8Array,
  { from, step, shares }: { from: number; step: number; shares: Float64Array },
  out: Uint8ClampedArray,
  at: number,
): void {
  let [red, green, blue] = [0, 0, 0];
  for (let j = 0, place = from; j < shares.length; j++, place += step) {
    const share = shares[j]!;
    red += pixels[place]! * share;
    green += pixels[place + 1]! * share;
    blue += pixels[place + 2]! * share;
  }
  out[at] = Math.floor(red + 0.5);
  out[at + 1] = Math.floor(green + 0.5);
  out[at + 2] = Math.floor(blue + 0.5);
}
