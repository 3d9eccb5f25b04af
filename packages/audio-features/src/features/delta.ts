import { assertArgument } from '../assert-argument';
import { assertOptions, type OptionNames } from '../assert-options';
import { paddedIndex } from '../fourier/padding';

export interface DeltaOptions {
  /** Frames in the window of each derivative: odd, at least 3, more than `order`. Default 9. */
  width?: number;
  /** Order of the derivative, which is also the degree of the polynomial. Default 1. */
  order?: number;
  /**
   * What follows beyond the ends: the polynomial of the outermost frames (`interp`, the default, which needs `width` frames), the last
   * frame repeated (`nearest`), the frames mirrored at it (`mirror`), those from the other end (`wrap`), or zeros (`constant`).
   */
  mode?: DeltaMode;
}

export type DeltaMode = 'interp' | 'nearest' | 'mirror' | 'wrap' | 'constant';

const NAMES: OptionNames<DeltaOptions> = { width: '', order: '', mode: '' };
const MODES: readonly DeltaMode[] = ['interp', 'nearest', 'mirror', 'wrap', 'constant'];

/**
 * How features change over the frames: their derivative by a Savitzky-Golay filter, as `librosa.feature.delta`.
 *
 * @param features Anything with data [rows, frameCount], such as the result of `mfcc`.
 * @returns The same shape, per frame
 */
export function delta<T extends { data: Float32Array; frameCount: number }>(features: T, options: DeltaOptions = {}): T {
  assertOptions(options, NAMES, 'delta');
  const { width = 9, order = 1, mode = 'interp' } = options;
  const { data, frameCount } = features;
  const whole = Number.isInteger(frameCount) && frameCount > 0 && data.length % frameCount === 0;
  assertArgument(whole, 'delta', `features.data must hold rows of ${frameCount} values`, data.length);
  assertArgument(
    Number.isInteger(width) && width >= 3 && width % 2 === 1,
    'delta',
    'width must be an odd integer of at least 3',
    width,
  );
  const isOrder = Number.isInteger(order) && order > 0 && order < width;
  assertArgument(isOrder, 'delta', `order must be an integer in 1..${width - 1}`, order);
  assertArgument(MODES.includes(mode), 'delta', `mode must be ${MODES.join(', ')}`, mode);
  const enough = mode !== 'interp' || frameCount >= width;
  assertArgument(enough, 'delta', `width must be at most the ${frameCount} frames in mode interp`, width);
  const weights = derivativeWeights(width, order);
  const sources = Int32Array.from({ length: frameCount * width }, (_, i) => {
    return sourceOf(Math.floor(i / width), (i % width) - (width >> 1), { width, mode, frameCount });
  });
  const result = new Float32Array(data.length); // [rows, T]
  for (let i = 0; i < data.length; i++) {
    const frame = i % frameCount;
    let sum = 0;
    for (let k = 0; k < width; k++) {
      const source = sources[frame * width + k]!;
      if (source >= 0) sum += weights[k]! * data[i - frame + source]!;
    }
    result[i] = sum;
  }
  return { ...features, data: result };
}

/** The frame `offset` frames away from `frame`; -1 for zeros. */
function sourceOf(
  frame: number,
  offset: number,
  { width, mode, frameCount }: Required<Omit<DeltaOptions, 'order'>> & { frameCount: number },
): number {
  const half = width >> 1;
  // A polynomial of degree n has the same n-th derivative everywhere, so the outermost frames share that of the nearest whole window.
  if (mode === 'interp') return Math.min(Math.max(frame, half), frameCount - 1 - half) + offset;
  const index = frame + offset;
  if (index >= 0 && index < frameCount) return index;
  if (mode === 'constant') return -1;
  if (mode === 'wrap') return ((index % frameCount) + frameCount) % frameCount;
  return paddedIndex(index, frameCount, mode === 'nearest' ? 'edge' : 'reflect');
}

/**
 * Weights of the n-th derivative of the least-squares polynomial of degree n: n!·p(x) / Σ p², where p is the polynomial of degree n, x^n
 * its first term, that is orthogonal to all lower degrees on the window's positions.
 */
function derivativeWeights(width: number, order: number): Float64Array {
  const places = Float64Array.from({ length: width }, (_, k) => k - (width >> 1));
  const squares = (p: Float64Array) => p.reduce((sum, value) => sum + value * value, 0);
  let before = new Float64Array(width);
  let polynomial = new Float64Array(width).fill(1);
  let factorial = 1;
  for (let degree = 1; degree <= order; degree++) {
    const ratio = degree > 1 ? squares(polynomial) / squares(before) : 0;
    const next = polynomial.map((value, k) => places[k]! * value - ratio * before[k]!);
    [before, polynomial] = [polynomial, next];
    factorial *= degree;
  }
  const total = squares(polynomial);
  return polynomial.map((value) => (factorial * value) / total);
}
