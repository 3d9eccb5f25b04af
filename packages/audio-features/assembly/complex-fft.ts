// Fourier transform of `size` complex numbers, a power of two of at least 8: Stockham's autosorting radix-4 algorithm, with a final radix-2 pass if
// `size` is an odd power. Unnormalised, exponent −2πi. Numbers are stored in pairs: two real parts, then the two imaginary parts. Two neighbouring
// points share a vector until the last pass, so that all passes work on whole vectors.
import { add, highs, load2, lows, PAIR, store2, sub, timesI, timesR } from './vector';

/** Bytes of two complex numbers. */
export const BLOCK: usize = 2 * PAIR;

/**
 * Transforms the numbers at `from`, which are not changed unless they lie in `back`. `front` and `back` are work arrays of `size` numbers;
 * `twiddles` holds, for each pass but the last and each pair of p < length/4, cos and sin of −2π·k·p/length for k = 1, 2, 3.
 * @returns which of `front` and `back` holds the result
 */
export function powerOfTwoTransform(from: usize, size: i32, twiddles: usize, front: usize, back: usize): usize {
  let to = front;
  let stride = 1;
  for (; stride << 2 < size; stride <<= 2) {
    twiddles = radix4Pass(from, to, twiddles, size, stride);
    from = to;
    to = to == front ? back : front;
  }
  if (size == stride << 2) lastRadix4Pass(from, to, size);
  else lastRadix2Pass(from, to, size);
  return to;
}

/**
 * One radix-4 decimation-in-frequency pass: `stride` interleaved transforms of `size / stride` points each, two points at a time.
 * @returns where the twiddles of the next pass begin
 */
function radix4Pass(x: usize, y: usize, table: usize, size: i32, stride: i32): usize {
  const quarter = ((<usize>size) >> 2) * PAIR;
  const half = quarter << 1;
  const far = half + quarter;
  const row = <usize>stride * BLOCK;
  const tableEnd = table + (12 * <usize>size) / <usize>stride;
  for (; table < tableEnd; table += 6 * PAIR) {
    const c1 = load2(table), s1 = load2(table + PAIR), c2 = load2(table + 2 * PAIR); // prettier-ignore
    const s2 = load2(table + 3 * PAIR), c3 = load2(table + 4 * PAIR), s3 = load2(table + 5 * PAIR); // prettier-ignore
    const end = x + row;
    do {
      const ar = load2(x), br = load2(x + quarter), cr = load2(x + half), dr = load2(x + far); // prettier-ignore
      const ai = load2(x + PAIR), bi = load2(x + quarter + PAIR), ci = load2(x + half + PAIR), di = load2(x + far + PAIR); // prettier-ignore
      const sumR = add(ar, cr), sumI = add(ai, ci), gapR = sub(ar, cr), gapI = sub(ai, ci); // prettier-ignore
      const oddR = add(br, dr), oddI = add(bi, di), turnR = sub(bi, di), turnI = sub(br, dr); // prettier-ignore
      store2(y, add(sumR, oddR));
      store2(y + PAIR, add(sumI, oddI));
      const r1 = add(gapR, turnR), i1 = sub(gapI, turnI), r2 = sub(sumR, oddR), i2 = sub(sumI, oddI); // prettier-ignore
      const r3 = sub(gapR, turnR), i3 = add(gapI, turnI); // prettier-ignore
      store2(y + row, timesR(r1, i1, c1, s1));
      store2(y + row + PAIR, timesI(r1, i1, c1, s1));
      store2(y + 2 * row, timesR(r2, i2, c2, s2));
      store2(y + 2 * row + PAIR, timesI(r2, i2, c2, s2));
      store2(y + 3 * row, timesR(r3, i3, c3, s3));
      store2(y + 3 * row + PAIR, timesI(r3, i3, c3, s3));
      x += BLOCK;
      y += BLOCK;
    } while (x < end);
    y += 3 * row;
  }
  return table;
}

/** The last pass where four points are left: takes two neighbouring transforms at a time. */
function lastRadix4Pass(x: usize, y: usize, size: i32): void {
  const quarter = ((<usize>size) >> 2) * PAIR;
  const half = quarter << 1;
  const far = half + quarter;
  for (const end = y + quarter; y < end; y += BLOCK, x += 2 * BLOCK) {
    const pr = load2(x), pi = load2(x + PAIR), qr = load2(x + BLOCK), qi = load2(x + BLOCK + PAIR); // prettier-ignore
    const ur = load2(x + half), ui = load2(x + half + PAIR), vr = load2(x + half + BLOCK), vi = load2(x + half + BLOCK + PAIR); // prettier-ignore
    const ar = lows(pr, qr), br = highs(pr, qr), cr = lows(ur, vr), dr = highs(ur, vr); // prettier-ignore
    const ai = lows(pi, qi), bi = highs(pi, qi), ci = lows(ui, vi), di = highs(ui, vi); // prettier-ignore
    const sumR = add(ar, cr), sumI = add(ai, ci), gapR = sub(ar, cr), gapI = sub(ai, ci); // prettier-ignore
    const oddR = add(br, dr), oddI = add(bi, di), turnR = sub(bi, di), turnI = sub(br, dr); // prettier-ignore
    store2(y, add(sumR, oddR));
    store2(y + PAIR, add(sumI, oddI));
    store2(y + quarter, add(gapR, turnR));
    store2(y + quarter + PAIR, sub(gapI, turnI));
    store2(y + half, sub(sumR, oddR));
    store2(y + half + PAIR, sub(sumI, oddI));
    store2(y + far, sub(gapR, turnR));
    store2(y + far + PAIR, add(gapI, turnI));
  }
}

/** The same where two points are left. */
function lastRadix2Pass(x: usize, y: usize, size: i32): void {
  const half = ((<usize>size) >> 1) * PAIR;
  for (const end = y + half; y < end; y += BLOCK, x += 2 * BLOCK) {
    const pr = load2(x), pi = load2(x + PAIR), qr = load2(x + BLOCK), qi = load2(x + BLOCK + PAIR); // prettier-ignore
    const ar = lows(pr, qr), br = highs(pr, qr), ai = lows(pi, qi), bi = highs(pi, qi); // prettier-ignore
    store2(y, add(ar, br));
    store2(y + PAIR, add(ai, bi));
    store2(y + half, sub(ar, br));
    store2(y + half + PAIR, sub(ai, bi));
  }
}
