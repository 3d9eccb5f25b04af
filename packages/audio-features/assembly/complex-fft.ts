// Fourier transform of `size` complex numbers, real and imaginary parts in two arrays: Stockham's autosorting radix-4 form, with one
// radix-2 pass where `size` is an odd power of two. Unnormalised, exponent −2πi. Swapping the two arrays of input and output gives
// the inverse (times `size`). Each pass goes from one pair of arrays to another.
import { add, BYTES, highs, load2, lows, mul, PAIR, splat2, store2, sub } from './vector';

/**
 * Transforms (re, im), which are left as they are, unless `back` holds them. `front` and `back` are work arrays of 2·size + 2 numbers
 * each; `twiddles` holds, for each pass but the last, cos and sin of −2π·k·p/length for k = 1, 2, 3: six arrays of length/4 numbers.
 * @returns which of `front` and `back` holds the result, real parts first
 */
export function powerOfTwoTransform(re: usize, im: usize, size: i32, twiddles: usize, front: usize, back: usize): usize {
  const imagAt = <usize>size * BYTES;
  let fromRe = re;
  let fromIm = im;
  let to = front;
  let table = twiddles;
  let stride = 1;
  for (let length = size; length > 4; length >>= 2) {
    if (stride == 1) firstPass(fromRe, fromIm, to, to + imagAt, table, size);
    else middlePass(fromRe, fromIm, to, to + imagAt, table, size, stride);
    table += 6 * ((<usize>length) >> 2) * BYTES;
    fromRe = to;
    fromIm = to + imagAt;
    to = to == front ? back : front;
    stride <<= 2;
  }
  if (size == stride << 2) lastRadix4Pass(fromRe, fromIm, to, to + imagAt, size);
  else lastRadix2Pass(fromRe, fromIm, to, to + imagAt, size);
  return to;
}

/** The pass of stride 1: neighbouring groups side by side, which the stores put in order. */
function firstPass(xr: usize, xi: usize, yr: usize, yi: usize, table: usize, size: i32): void {
  const quarter = ((<usize>size) >> 2) * BYTES;
  const half = quarter << 1;
  const far = half + quarter;
  for (let p: usize = 0; p < quarter; p += PAIR) {
    const ar = load2(xr + p), br = load2(xr + quarter + p), cr = load2(xr + half + p), dr = load2(xr + far + p); // prettier-ignore
    const ai = load2(xi + p), bi = load2(xi + quarter + p), ci = load2(xi + half + p), di = load2(xi + far + p); // prettier-ignore
    const sumR = add(ar, cr), sumI = add(ai, ci), gapR = sub(ar, cr), gapI = sub(ai, ci); // prettier-ignore
    const oddR = add(br, dr), oddI = add(bi, di), turnR = sub(bi, di), turnI = sub(br, dr); // prettier-ignore
    const c1 = load2(table + p), s1 = load2(table + quarter + p), c2 = load2(table + half + p); // prettier-ignore
    const s2 = load2(table + far + p), c3 = load2(table + 4 * quarter + p), s3 = load2(table + 5 * quarter + p); // prettier-ignore
    const r1 = add(gapR, turnR), i1 = sub(gapI, turnI), r2 = sub(sumR, oddR), i2 = sub(sumI, oddI); // prettier-ignore
    const r3 = sub(gapR, turnR), i3 = add(gapI, turnI); // prettier-ignore
    storeFours(yr + 4 * p, add(sumR, oddR), timesR(r1, i1, c1, s1), timesR(r2, i2, c2, s2), timesR(r3, i3, c3, s3));
    storeFours(yi + 4 * p, add(sumI, oddI), timesI(r1, i1, c1, s1), timesI(r2, i2, c2, s2), timesI(r3, i3, c3, s3));
  }
}

/** a0 b0 c0 d0 a1 b1 c1 d1 */
function storeFours(at: usize, a: v128, b: v128, c: v128, d: v128): void {
  store2(at, lows(a, b));
  store2(at + PAIR, lows(c, d));
  store2(at + 2 * PAIR, highs(a, b));
  store2(at + 3 * PAIR, highs(c, d));
}

/** Real part of (r + i·i)(c + i·s). */
function timesR(r: v128, i: v128, c: v128, s: v128): v128 {
  return sub(mul(r, c), mul(i, s));
}

/** Imaginary part of the same. */
function timesI(r: v128, i: v128, c: v128, s: v128): v128 {
  return add(mul(r, s), mul(i, c));
}

/** One radix-4 decimation-in-frequency pass: `stride` interleaved transforms of `size / stride` points each. */
function middlePass(xr: usize, xi: usize, yr: usize, yi: usize, table: usize, size: i32, stride: i32): void {
  const quarter = ((<usize>size) >> 2) * BYTES;
  const half = quarter << 1;
  const far = half + quarter;
  const row = <usize>stride * BYTES;
  const groups = quarter / <usize>stride;
  let from: usize = 0;
  let to: usize = 0;
  for (let p: usize = 0; p < groups; p += BYTES) {
    const c1 = splat2(table + p), s1 = splat2(table + groups + p), c2 = splat2(table + 2 * groups + p); // prettier-ignore
    const s2 = splat2(table + 3 * groups + p), c3 = splat2(table + 4 * groups + p), s3 = splat2(table + 5 * groups + p); // prettier-ignore
    for (const end = from + row; from < end; from += PAIR, to += PAIR) {
      const ar = load2(xr + from), br = load2(xr + quarter + from), cr = load2(xr + half + from), dr = load2(xr + far + from); // prettier-ignore
      const ai = load2(xi + from), bi = load2(xi + quarter + from), ci = load2(xi + half + from), di = load2(xi + far + from); // prettier-ignore
      const sumR = add(ar, cr), sumI = add(ai, ci), gapR = sub(ar, cr), gapI = sub(ai, ci); // prettier-ignore
      const oddR = add(br, dr), oddI = add(bi, di), turnR = sub(bi, di), turnI = sub(br, dr); // prettier-ignore
      store2(yr + to, add(sumR, oddR));
      store2(yi + to, add(sumI, oddI));
      const r1 = add(gapR, turnR), i1 = sub(gapI, turnI), r2 = sub(sumR, oddR), i2 = sub(sumI, oddI); // prettier-ignore
      const r3 = sub(gapR, turnR), i3 = add(gapI, turnI); // prettier-ignore
      store2(yr + row + to, timesR(r1, i1, c1, s1));
      store2(yi + row + to, timesI(r1, i1, c1, s1));
      store2(yr + 2 * row + to, timesR(r2, i2, c2, s2));
      store2(yi + 2 * row + to, timesI(r2, i2, c2, s2));
      store2(yr + 3 * row + to, timesR(r3, i3, c3, s3));
      store2(yi + 3 * row + to, timesI(r3, i3, c3, s3));
    }
    to += 3 * row;
  }
}

/** Of four numbers the upper lanes are rubbish, which each store puts where the next one writes what belongs there. */
function lastRadix4Pass(xr: usize, xi: usize, yr: usize, yi: usize, size: i32): void {
  const quarter = ((<usize>size) >> 2) * BYTES;
  const half = quarter << 1;
  const far = half + quarter;
  for (let k: usize = 0; k < quarter; k += PAIR) {
    const ar = load2(xr + k), br = load2(xr + quarter + k), cr = load2(xr + half + k), dr = load2(xr + far + k); // prettier-ignore
    const ai = load2(xi + k), bi = load2(xi + quarter + k), ci = load2(xi + half + k), di = load2(xi + far + k); // prettier-ignore
    const sumR = add(ar, cr), sumI = add(ai, ci), gapR = sub(ar, cr), gapI = sub(ai, ci); // prettier-ignore
    const oddR = add(br, dr), oddI = add(bi, di), turnR = sub(bi, di), turnI = sub(br, dr); // prettier-ignore
    store2(yr + k, add(sumR, oddR));
    store2(yr + quarter + k, add(gapR, turnR));
    store2(yr + half + k, sub(sumR, oddR));
    store2(yr + far + k, sub(gapR, turnR));
    store2(yi + k, add(sumI, oddI));
    store2(yi + quarter + k, sub(gapI, turnI));
    store2(yi + half + k, sub(sumI, oddI));
    store2(yi + far + k, add(gapI, turnI));
  }
}

/** The same holds for two numbers. */
function lastRadix2Pass(xr: usize, xi: usize, yr: usize, yi: usize, size: i32): void {
  const half = ((<usize>size) >> 1) * BYTES;
  for (let k: usize = 0; k < half; k += PAIR) {
    const ar = load2(xr + k), br = load2(xr + half + k), ai = load2(xi + k), bi = load2(xi + half + k); // prettier-ignore
    store2(yr + k, add(ar, br));
    store2(yr + half + k, sub(ar, br));
    store2(yi + k, add(ai, bi));
    store2(yi + half + k, sub(ai, bi));
  }
}
