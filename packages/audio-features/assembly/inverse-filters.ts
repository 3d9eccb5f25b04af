// From mels back to bins, with the filterbank of filters.ts.
import { add, BYTES, load2, mul, PAIR, splat2, store2, sub, sum } from './vector';

let melCount: i32 = 0;
let binCount: i32 = 0;
/** int32 [melCount] */
let firstBin: usize = 0;
/** int32 [melCount + 1] */
let offset: usize = 0;
let weights: usize = 0;

export function inverseFilters(mels: i32, bins: i32, firstBinAt: usize, offsetAt: usize, weightsAt: usize): void {
  melCount = mels;
  binCount = bins;
  firstBin = firstBinAt;
  offset = offsetAt;
  weights = weightsAt;
}

/** bins = Aᵀ · mels */
export function toBins(mels: usize, bins: usize): void {
  memory.fill(bins, 0, <usize>binCount * BYTES);
  for (let mel: usize = 0; mel < <usize>melCount; mel++) {
    let at = weights + <usize>load<i32>(offset + 4 * mel) * BYTES;
    const end = weights + <usize>load<i32>(offset + 4 * mel + 4) * BYTES;
    let bin = bins + <usize>load<i32>(firstBin + 4 * mel) * BYTES;
    const value = splat2(mels + mel * BYTES);
    for (; at + BYTES < end; at += PAIR, bin += PAIR) store2(bin, add(load2(bin), mul(load2(at), value)));
    if (at < end) store<f64>(bin, load<f64>(bin) + load<f64>(at) * load<f64>(mels + mel * BYTES));
  }
}

/**
 * A projected gradient step of non-negative least squares: x = max(0, ahead − step·gradient), ahead = x + share·(x − x before).
 * Arrays of [binCount], with room for one number more.
 * @returns the dot product of the gradient and the change in x
 */
export function descend(x: usize, ahead: usize, step: usize, gradient: usize, share: f64): f64 {
  const bytes = <usize>binCount * BYTES;
  const zero = f64x2.splat(0);
  const shares = f64x2.splat(share);
  let slope = zero;
  store<f64>(gradient + bytes, 0);
  for (let k: usize = 0; k < bytes; k += PAIR) {
    const before = load2(x + k);
    const slant = load2(gradient + k);
    const now = f64x2.pmax(zero, sub(load2(ahead + k), mul(load2(step + k), slant)));
    const way = sub(now, before);
    slope = add(slope, mul(slant, way));
    store2(x + k, now);
    store2(ahead + k, add(now, mul(shares, way)));
  }
  return sum(slope);
}

/** out = a · b · c, [binCount] each, with room for one number more. */
export function product(a: usize, b: usize, c: usize, out: usize): void {
  const bytes = <usize>binCount * BYTES;
  for (let k: usize = 0; k < bytes; k += PAIR) store2(out + k, mul(mul(load2(a + k), load2(b + k)), load2(c + k)));
}
