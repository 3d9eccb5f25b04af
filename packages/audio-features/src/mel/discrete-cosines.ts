import { assertArgument } from '../assert-argument';

/** The discrete cosine transforms I, II and III. */
export type DctType = 1 | 2 | 3;

export interface DctShape {
  /** Coefficients to keep. */
  rows: number;
  /** Number of values that are transformed. */
  columns: number;
  type: DctType;
  norm: 'ortho' | 'none';
}

let last: { key: string; cosines: Float64Array } | undefined;

/** The matrix, kept from the last call if its shape is the same. Do not write to it. */
export function reuseCosines(shape: DctShape, where: string): Float64Array {
  const key = [shape.rows, shape.columns, shape.type, shape.norm].join();
  if (last?.key !== key) last = { key, cosines: discreteCosines(shape, where) };
  return last.cosines;
}

/** The matrix of a discrete cosine transform, as defined by `scipy.fft.dct`. Float64Array [rows, columns]. */
export function discreteCosines({ rows, columns, type, norm }: DctShape, where: string): Float64Array {
  assertArgument(type === 1 || type === 2 || type === 3, where, 'dctType must be 1, 2 or 3', type);
  assertArgument(norm === 'ortho' || norm === 'none', where, 'norm must be ortho or none', norm);
  assertArgument(type !== 1 || columns > 1, where, 'melCount must be at least 2 for dctType 1', columns);
  const isEnd = (i: number) => i === 0 || (type === 1 && i === columns - 1);
  const ortho = norm === 'ortho';
  const period = type === 1 ? columns - 1 : columns;
  const valueAt = (k: number, n: number) => {
    const turns = type === 1 ? k * n : type === 2 ? k * (n + 0.5) : (k + 0.5) * n;
    const cosine = Math.cos((Math.PI * turns) / period);
    if (!ortho) return type !== 2 && isEnd(n) ? cosine : 2 * cosine;
    const share = (type !== 3 && isEnd(k) ? 0.5 : 1) * (type !== 2 && isEnd(n) ? 0.5 : 1);
    return cosine * Math.sqrt((2 * share) / period);
  };
  return Float64Array.from({ length: rows * columns }, (_, i) => valueAt(Math.floor(i / columns), i % columns));
}
