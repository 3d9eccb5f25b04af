/**
 * Fourier transform of `size` complex numbers held as separate real and imaginary arrays: Stockham's autosorting radix-4 form,
 * with one radix-2 pass where `size` is an odd power of two. Unnormalised, exponent −2πi. Swapping the two arrays of input and
 * output gives the inverse (times `size`).
 */
export interface ComplexFft {
  /** Transforms (re, im), which are left as they are, into `outRe` and `outIm` of the plan. */
  transform(re: Float64Array, im: Float64Array): void;
  readonly outRe: Float64Array;
  readonly outIm: Float64Array;
}

export function createComplexFft(size: number): ComplexFft {
  const twiddles: Float64Array[] = [];
  for (let length = size; length > 4; length >>= 2) twiddles.push(radix4Twiddles(length));
  const passCount = twiddles.length + (size > 1 ? 1 : 0);
  const front = [new Float64Array(size), new Float64Array(size)] as const;
  const back = [new Float64Array(size), new Float64Array(size)] as const;
  const out = passCount % 2 === 1 ? front : back;

  function transform(re: Float64Array, im: Float64Array): void {
    let fromRe = re;
    let fromIm = im;
    let to: readonly [Float64Array, Float64Array] = front;
    let stride = 1;
    for (let pass = 0; pass < twiddles.length; pass++) {
      if (pass === 0) firstPass(fromRe, fromIm, to[0], to[1], twiddles[0]!, size);
      else middlePass(fromRe, fromIm, to[0], to[1], twiddles[pass]!, size, stride);
      fromRe = to[0];
      fromIm = to[1];
      to = to === front ? back : front;
      stride *= 4;
    }
    if (size / stride === 4) lastRadix4Pass(fromRe, fromIm, to[0], to[1], size);
    else lastRadix2Pass(fromRe, fromIm, to[0], to[1], size);
  }
  return { transform, outRe: out[0], outIm: out[1] };
}

/** cos and sin of −2π·k·p/length for k = 1, 2, 3, by p. */
function radix4Twiddles(length: number): Float64Array {
  const table = new Float64Array((6 * length) / 4);
  for (let p = 0; p < length / 4; p++) {
    for (let k = 1; k < 4; k++) {
      const angle = (-2 * Math.PI * k * p) / length;
      table[6 * p + 2 * k - 2] = Math.cos(angle);
      table[6 * p + 2 * k - 1] = Math.sin(angle);
    }
  }
  return table;
}

/** The pass of stride 1: `middlePass` without its inner loop. */
function firstPass(
  xr: Float64Array,
  xi: Float64Array,
  yr: Float64Array,
  yi: Float64Array,
  table: Float64Array,
  size: number,
): void {
  const quarter = size >> 2;
  for (let p = 0, o = 0, t = 0; p < quarter; p++, o += 4, t += 6) {
    const ar = xr[p]!, ai = xi[p]!, br = xr[p + quarter]!, bi = xi[p + quarter]!; // prettier-ignore
    const cr = xr[p + 2 * quarter]!, ci = xi[p + 2 * quarter]!, dr = xr[p + 3 * quarter]!, di = xi[p + 3 * quarter]!; // prettier-ignore
    const sumR = ar + cr, sumI = ai + ci, gapR = ar - cr, gapI = ai - ci; // prettier-ignore
    const oddR = br + dr, oddI = bi + di, turnR = bi - di, turnI = br - dr; // prettier-ignore
    yr[o] = sumR + oddR;
    yi[o] = sumI + oddI;
    const r1 = gapR + turnR, i1 = gapI - turnI, r2 = sumR - oddR, i2 = sumI - oddI, r3 = gapR - turnR, i3 = gapI + turnI; // prettier-ignore
    const c1 = table[t]!, s1 = table[t + 1]!, c2 = table[t + 2]!, s2 = table[t + 3]!, c3 = table[t + 4]!, s3 = table[t + 5]!; // prettier-ignore
    yr[o + 1] = r1 * c1 - i1 * s1;
    yi[o + 1] = r1 * s1 + i1 * c1;
    yr[o + 2] = r2 * c2 - i2 * s2;
    yi[o + 2] = r2 * s2 + i2 * c2;
    yr[o + 3] = r3 * c3 - i3 * s3;
    yi[o + 3] = r3 * s3 + i3 * c3;
  }
}

/** One radix-4 decimation-in-frequency pass: `stride` interleaved transforms of `size / stride` points each. */
function middlePass(
  xr: Float64Array,
  xi: Float64Array,
  yr: Float64Array,
  yi: Float64Array,
  table: Float64Array,
  size: number,
  stride: number,
): void {
  const quarter = size >> 2;
  const groups = quarter / stride;
  for (let p = 0, t = 0; p < groups; p++, t += 6) {
    const c1 = table[t]!, s1 = table[t + 1]!, c2 = table[t + 2]!, s2 = table[t + 3]!, c3 = table[t + 4]!, s3 = table[t + 5]!; // prettier-ignore
    const from = stride * p;
    const to = 4 * from;
    for (let k = 0; k < stride; k++) {
      const i = from + k;
      const o = to + k;
      const ar = xr[i]!, ai = xi[i]!, br = xr[i + quarter]!, bi = xi[i + quarter]!; // prettier-ignore
      const cr = xr[i + 2 * quarter]!, ci = xi[i + 2 * quarter]!, dr = xr[i + 3 * quarter]!, di = xi[i + 3 * quarter]!; // prettier-ignore
      const sumR = ar + cr, sumI = ai + ci, gapR = ar - cr, gapI = ai - ci; // prettier-ignore
      const oddR = br + dr, oddI = bi + di, turnR = bi - di, turnI = br - dr; // prettier-ignore
      yr[o] = sumR + oddR;
      yi[o] = sumI + oddI;
      const r1 = gapR + turnR, i1 = gapI - turnI, r2 = sumR - oddR, i2 = sumI - oddI, r3 = gapR - turnR, i3 = gapI + turnI; // prettier-ignore
      yr[o + stride] = r1 * c1 - i1 * s1;
      yi[o + stride] = r1 * s1 + i1 * c1;
      yr[o + 2 * stride] = r2 * c2 - i2 * s2;
      yi[o + 2 * stride] = r2 * s2 + i2 * c2;
      yr[o + 3 * stride] = r3 * c3 - i3 * s3;
      yi[o + 3 * stride] = r3 * s3 + i3 * c3;
    }
  }
}

function lastRadix4Pass(xr: Float64Array, xi: Float64Array, yr: Float64Array, yi: Float64Array, size: number): void {
  const quarter = size >> 2;
  for (let k = 0; k < quarter; k++) {
    const ar = xr[k]!, ai = xi[k]!, br = xr[k + quarter]!, bi = xi[k + quarter]!; // prettier-ignore
    const cr = xr[k + 2 * quarter]!, ci = xi[k + 2 * quarter]!, dr = xr[k + 3 * quarter]!, di = xi[k + 3 * quarter]!; // prettier-ignore
    const sumR = ar + cr, sumI = ai + ci, gapR = ar - cr, gapI = ai - ci; // prettier-ignore
    const oddR = br + dr, oddI = bi + di, turnR = bi - di, turnI = br - dr; // prettier-ignore
    yr[k] = sumR + oddR;
    yi[k] = sumI + oddI;
    yr[k + quarter] = gapR + turnR;
    yi[k + quarter] = gapI - turnI;
    yr[k + 2 * quarter] = sumR - oddR;
    yi[k + 2 * quarter] = sumI - oddI;
    yr[k + 3 * quarter] = gapR - turnR;
    yi[k + 3 * quarter] = gapI + turnI;
  }
}

function lastRadix2Pass(xr: Float64Array, xi: Float64Array, yr: Float64Array, yi: Float64Array, size: number): void {
  const half = size >> 1;
  for (let k = 0; k < half; k++) {
    const ar = xr[k]!, ai = xi[k]!, br = xr[k + half]!, bi = xi[k + half]!; // prettier-ignore
    yr[k] = ar + br;
    yi[k] = ai + bi;
    yr[k + half] = ar - br;
    yi[k + half] = ai - bi;
  }
}
