import { createComplexFft } from './complex-fft';

/**
 * Fourier transform of `size` real samples, as one complex transform of half the size. The plan owns its buffers, so that
 * transforming frame after frame allocates nothing; a plan serves one caller at a time.
 */
export interface RealFft {
  readonly size: number;
  readonly binCount: number;
  /** Samples 0, 2, 4 … for `forward`, [size / 2]. */
  readonly even: Float64Array;
  /** Samples 1, 3, 5 … for `forward`, [size / 2]. */
  readonly odd: Float64Array;
  /** Samples 0, 2, 4 … from `inverse`, [size / 2]; overwritten by the next transform. */
  readonly inverseEven: Float64Array;
  /** Samples 1, 3, 5 … from `inverse`, [size / 2]; overwritten by the next transform. */
  readonly inverseOdd: Float64Array;
  /** Real part of bins 0 … size / 2, [size / 2 + 1]. */
  readonly re: Float64Array;
  /** Imaginary part of the same bins. */
  readonly im: Float64Array;
  /** even, odd → re, im; unnormalised, exponent −2πi. */
  forward(): void;
  /** re, im → inverseEven, inverseOdd; divides by `size`, so that it undoes `forward`. Leaves re and im. */
  inverse(): void;
}

/** A plan for real transforms of `size` samples. `size`: a power of two, at least 4. */
export function createRealFft(size: number): RealFft {
  if (!Number.isInteger(size) || size < 4 || (size & (size - 1)) !== 0) {
    throw new RangeError(`createRealFft: size must be a power of two of at least 4, got ${size}`);
  }
  const half = size / 2;
  const quarter = half / 2;
  const fft = createComplexFft(half);
  const even = new Float64Array(half);
  const odd = new Float64Array(half);
  const re = new Float64Array(half + 1);
  const im = new Float64Array(half + 1);
  const workRe = new Float64Array(half);
  const workIm = new Float64Array(half);
  const cos = Float64Array.from({ length: quarter + 1 }, (_, k) => Math.cos((2 * Math.PI * k) / size));
  const sin = Float64Array.from({ length: quarter + 1 }, (_, k) => Math.sin((2 * Math.PI * k) / size));

  function forward(): void {
    fft.transform(even, odd);
    const zr = fft.outRe;
    const zi = fft.outIm;
    re[0] = zr[0]! + zi[0]!;
    im[0] = 0;
    re[half] = zr[0]! - zi[0]!;
    im[half] = 0;
    for (let k = 1; k <= quarter; k++) {
      const ar = zr[k]!, ai = zi[k]!, br = zr[half - k]!, bi = zi[half - k]!; // prettier-ignore
      const evenR = 0.5 * (ar + br), evenI = 0.5 * (ai - bi), oddR = 0.5 * (ai + bi), oddI = 0.5 * (br - ar); // prettier-ignore
      const c = cos[k]!, s = sin[k]!; // prettier-ignore
      const turnR = oddR * c + oddI * s;
      const turnI = oddI * c - oddR * s;
      re[k] = evenR + turnR;
      im[k] = evenI + turnI;
      re[half - k] = evenR - turnR;
      im[half - k] = turnI - evenI;
    }
  }

  function inverse(): void {
    const halfScale = 0.5 / half;
    workRe[0] = halfScale * (re[0]! + re[half]!);
    workIm[0] = halfScale * (re[0]! - re[half]!);
    for (let k = 1; k <= quarter; k++) {
      const ar = re[k]!, ai = im[k]!, br = re[half - k]!, bi = im[half - k]!; // prettier-ignore
      const evenR = halfScale * (ar + br), evenI = halfScale * (ai - bi); // prettier-ignore
      const gapR = halfScale * (ar - br), gapI = halfScale * (ai + bi); // prettier-ignore
      const c = cos[k]!, s = sin[k]!; // prettier-ignore
      const oddR = gapR * c - gapI * s;
      const oddI = gapI * c + gapR * s;
      workRe[k] = evenR - oddI;
      workIm[k] = evenI + oddR;
      workRe[half - k] = evenR + oddI;
      workIm[half - k] = oddR - evenI;
    }
    fft.transform(workIm, workRe); // swapped in, swapped out: the inverse
  }
  return { size, binCount: half + 1, even, odd, inverseEven: fft.outIm, inverseOdd: fft.outRe, re, im, forward, inverse };
}
