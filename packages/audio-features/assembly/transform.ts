// Fourier transform of any number of complex values. Powers of two are transformed as they are; any other number by Bluestein's algorithm:
// a product with a chirp, a convolution with another by transforms of a power of two, and a product with the first chirp again. Numbers are
// stored in pairs, as in complex-fft.ts.
import { BLOCK, powerOfTwoTransform } from './complex-fft';
import { load2, mul, PAIR, store2, timesI, timesR } from './vector';

export let points: i32 = 0;
/** The power of two whose transform does the work: `points`, or at least 2·points − 1. */
let size: i32 = 0;
let twiddles: usize = 0;
let front: usize = 0;
let back: usize = 0;
/** exp(−πi·k²/points) for k < points, and 0; then the same [size], divided by size, or its transform; then [size] to work on. */
let chirp: usize = 0;

// prettier-ignore
export function planTransform(pointsOf: i32, sizeOf: i32, twiddlesAt: usize, frontAt: usize, backAt: usize, chirpAt: usize): void {
  points = pointsOf;
  size = sizeOf;
  twiddles = twiddlesAt;
  front = frontAt;
  back = backAt;
  chirp = chirpAt;
  if (points == size) return;
  const kernel = chirp + blockBytes(points);
  memory.copy(kernel, powerOfTwoTransform(kernel, size, twiddles, front, back), blockBytes(size));
}

/** Bytes of `count` numbers in whole pairs. */
export function blockBytes(count: i32): usize {
  return ((<usize>(count + 1)) >> 1) * BLOCK;
}

/**
 * Transforms `points` numbers, which are left as they are unless they lie in the plan's `back`; unnormalised, exponent −2πi.
 * @returns where the result is, with room for a pair more
 */
export function transform(from: usize): usize {
  if (points == size) return powerOfTwoTransform(from, size, twiddles, front, back);
  const used = blockBytes(points);
  const whole = blockBytes(size);
  const kernel = chirp + used;
  const work = kernel + whole;
  multiply(from, chirp, work, used, 1);
  memory.fill(work + used, 0, whole - used);
  const forth = powerOfTwoTransform(work, size, twiddles, front, back);
  const other = forth == front ? back : front;
  multiply(forth, kernel, forth, whole, -1); // conjugated, as is the result, which makes it the inverse
  const result = powerOfTwoTransform(forth, size, twiddles, other, forth);
  const to = result == front ? back : front;
  multiply(result, chirp, to, used, -1);
  return to;
}

/** out = a · b for `bytes` bytes of numbers, or, with a `sign` of −1, the conjugate of a times b; `out` may be `a`. */
function multiply(a: usize, b: usize, out: usize, bytes: usize, sign: f64): void {
  const signs = f64x2.splat(sign);
  for (const end = a + bytes; a < end; a += BLOCK, b += BLOCK, out += BLOCK) {
    const ar = load2(a), ai = mul(load2(a + PAIR), signs), br = load2(b), bi = load2(b + PAIR); // prettier-ignore
    store2(out, timesR(ar, ai, br, bi));
    store2(out + PAIR, timesI(ar, ai, br, bi));
  }
}
