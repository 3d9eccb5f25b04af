// Fourier transform of `size` complex numbers, real and imaginary parts in two arrays: Stockham's autosorting radix-4 form, with one
// radix-2 pass where `size` is an odd power of two. Unnormalised, exponent −2πi. Swapping the two arrays of input and output gives
// the inverse (times `size`). Each pass goes from one pair of arrays to another.
import { add, BYTES, highs, load2, lows, PAIR, store2, sub, timesI, timesR } from './vector';

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
  for (; stride << 2 < size; stride <<= 2) {
    radix4Pass(fromRe, fromIm, to, to + imagAt, table, size, stride);
    table += (12 * <usize>size) / <usize>stride;
    fromRe = to;
    fromIm = to + imagAt;
    to = to == front ? back : front;
  }
  if (size == stride << 2) lastRadix4Pass(fromRe, fromIm, to, to + imagAt, size);
  else lastRadix2Pass(fromRe, fromIm, to, to + imagAt, size);
  return to;
}

/** One radix-4 decimation-in-frequency pass: `stride` interleaved transforms of `size / stride` points each, two points at a time. */
// prettier-ignore
function radix4Pass(xr: usize, xi: usize, yr: usize, yi: usize, table: usize, size: i32, stride: i32): void {
  const quarter = ((<usize>size) >> 2) * BYTES;
  const half = quarter << 1;
  const far = half + quarter;
  const row = <usize>stride * PAIR;
  const groups = quarter / <usize>stride;
  for (const tableEnd = table + groups; table < tableEnd; table += PAIR) {
    const c1 = load2(table), s1 = load2(table + groups), c2 = load2(table + 2 * groups);
    const s2 = load2(table + 3 * groups), c3 = load2(table + 4 * groups), s3 = load2(table + 5 * groups);
    const end = xr + row;
    do {
      const ar = load2(xr), br = load2(xr + quarter), cr = load2(xr + half), dr = load2(xr + far);
      const ai = load2(xi), bi = load2(xi + quarter), ci = load2(xi + half), di = load2(xi + far);
      const sumR = add(ar, cr), sumI = add(ai, ci), gapR = sub(ar, cr), gapI = sub(ai, ci);
      const oddR = add(br, dr), oddI = add(bi, di), turnR = sub(bi, di), turnI = sub(br, dr);
      store2(yr, add(sumR, oddR));
      store2(yi, add(sumI, oddI));
      const r1 = add(gapR, turnR), i1 = sub(gapI, turnI), r2 = sub(sumR, oddR), i2 = sub(sumI, oddI);
      const r3 = sub(gapR, turnR), i3 = add(gapI, turnI);
      store2(yr + row, timesR(r1, i1, c1, s1));
      store2(yi + row, timesI(r1, i1, c1, s1));
      store2(yr + 2 * row, timesR(r2, i2, c2, s2));
      store2(yi + 2 * row, timesI(r2, i2, c2, s2));
      store2(yr + 3 * row, timesR(r3, i3, c3, s3));
      store2(yi + 3 * row, timesI(r3, i3, c3, s3));
      xr += PAIR, xi += PAIR, yr += PAIR, yi += PAIR;
    } while (xr < end);
    yr += 3 * row;
    yi += 3 * row;
  }
}

/** Of four numbers the upper lanes are rubbish, which each store puts where the next one writes what belongs there. */
// prettier-ignore
function lastRadix4Pass(xr: usize, xi: usize, yr: usize, yi: usize, size: i32): void {
  const quarter = ((<usize>size) >> 2) * BYTES;
  const half = quarter << 1;
  const far = half + quarter;
  for (const end = yr + quarter; yr < end; yr += PAIR, yi += PAIR, xr += 2 * PAIR, xi += 2 * PAIR) {
    const pr = load2(xr), qr = load2(xr + PAIR), ur = load2(xr + half), vr = load2(xr + half + PAIR);
    const pi = load2(xi), qi = load2(xi + PAIR), ui = load2(xi + half), vi = load2(xi + half + PAIR);
    const ar = lows(pr, qr), br = highs(pr, qr), cr = lows(ur, vr), dr = highs(ur, vr);
    const ai = lows(pi, qi), bi = highs(pi, qi), ci = lows(ui, vi), di = highs(ui, vi);
    const sumR = add(ar, cr), sumI = add(ai, ci), gapR = sub(ar, cr), gapI = sub(ai, ci);
    const oddR = add(br, dr), oddI = add(bi, di), turnR = sub(bi, di), turnI = sub(br, dr);
    store2(yr, add(sumR, oddR));
    store2(yr + quarter, add(gapR, turnR));
    store2(yr + half, sub(sumR, oddR));
    store2(yr + far, sub(gapR, turnR));
    store2(yi, add(sumI, oddI));
    store2(yi + quarter, sub(gapI, turnI));
    store2(yi + half, sub(sumI, oddI));
    store2(yi + far, add(gapI, turnI));
  }
}

/** The same holds for two numbers. */
// prettier-ignore
function lastRadix2Pass(xr: usize, xi: usize, yr: usize, yi: usize, size: i32): void {
  const half = ((<usize>size) >> 1) * BYTES;
  for (const end = yr + half; yr < end; yr += PAIR, yi += PAIR, xr += 2 * PAIR, xi += 2 * PAIR) {
    const pr = load2(xr), qr = load2(xr + PAIR), pi = load2(xi), qi = load2(xi + PAIR);
    const ar = lows(pr, qr), br = highs(pr, qr), ai = lows(pi, qi), bi = highs(pi, qi);
    store2(yr, add(ar, br));
    store2(yr + half, sub(ar, br));
    store2(yi, add(ai, bi));
    store2(yi + half, sub(ai, bi));
  }
}
