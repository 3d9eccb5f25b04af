// Fourier transform of any number of complex values. Powers of two are transformed as they are; any other number by Bluestein's way: a
// product with a chirp, a convolution with another by transforms of a power of two, and a product with the first chirp again.
import { powerOfTwoTransform } from './complex-fft';
import { add, BYTES, load2, mul, PAIR, store2, sub } from './vector';

let points: i32 = 0;
/** The power of two whose transform does the work: `points`, or at least 2·points − 1. */
let size: i32 = 0;
let twiddles: usize = 0;
let front: usize = 0;
let back: usize = 0;
/** cos and sin of −π·k²/points for k < points; then the conjugate [size], divided by size, or its transform; then [size] to work on. */
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
  const kernel = chirp + 2 * rowBytes();
  const bytes = <usize>size * BYTES;
  memory.copy(kernel, powerOfTwoTransform(kernel, kernel + bytes, size, twiddles, front, back), 2 * bytes);
}

/** Bytes from the real parts of `points` numbers to their imaginary ones: whole vectors. */
export function rowBytes(): usize {
  return <usize>((points + 1) & ~1) * BYTES;
}

/**
 * Transforms (re, im), which are left as they are; unnormalised, exponent −2πi.
 * @returns where the result is, real parts first, imaginary ones `rowBytes` further
 */
export function transform(re: usize, im: usize): usize {
  if (points == size) return powerOfTwoTransform(re, im, size, twiddles, front, back);
  const row = rowBytes();
  const whole = <usize>size * BYTES;
  const kernel = chirp + 2 * row;
  const work = kernel + 2 * whole;
  multiply(re, im, chirp, chirp + row, work, work + whole, points);
  const used = <usize>points * BYTES;
  memory.fill(work + used, 0, whole - used);
  memory.fill(work + whole + used, 0, whole - used);
  const forth = powerOfTwoTransform(work, work + whole, size, twiddles, front, back);
  const other = forth == front ? back : front;
  multiply(forth, forth + whole, kernel, kernel + whole, forth + whole, forth, size); // swapped, for the inverse
  const result = powerOfTwoTransform(forth, forth + whole, size, twiddles, other, forth);
  const to = result == front ? back : front;
  multiply(result + whole, result, chirp, chirp + row, to, to + row, points);
  return to;
}

/** out = a · b for `count` complex numbers; `out` may be `a`, swapped or not. */
function multiply(aRe: usize, aIm: usize, bRe: usize, bIm: usize, outRe: usize, outIm: usize, count: i32): void {
  for (let k: usize = 0; k < <usize>count * BYTES; k += PAIR) {
    const ar = load2(aRe + k), ai = load2(aIm + k), br = load2(bRe + k), bi = load2(bIm + k); // prettier-ignore
    store2(outRe + k, sub(mul(ar, br), mul(ai, bi)));
    store2(outIm + k, add(mul(ar, bi), mul(ai, br)));
  }
}
