/** Where the kernel ends, in standard deviations. */
const TRUNCATION = 4;

/**
 * Blurs a square picture with a Gaussian of standard deviation `sigma` pixels; beyond the edges the picture is mirrored.
 *
 * @param values [size, size, 3], row-major
 * @param sigma above 0 and at most size / 4
 * @returns the same shape
 */
export function gaussianBlur(values: ArrayLike<number>, { size, sigma }: { size: number; sigma: number }): Float32Array {
  if (values.length !== size * size * 3) {
    throw new RangeError(`gaussianBlur: values must hold ${size} × ${size} × 3 numbers, got ${values.length}`);
  }
  if (!(sigma > 0 && sigma <= size / TRUNCATION)) {
    throw new RangeError(`gaussianBlur: sigma must be above 0 and at most ${size / TRUNCATION}, got ${sigma}`);
  }
  const weights = gaussianWeights(sigma);
  return blurAlong(blurAlong(values, { size, weights, stride: 3 }), { size, weights, stride: 3 * size });
}

/** Weights of the pixel itself, of its neighbours on either side, and so on; those of a whole kernel sum to 1. */
function gaussianWeights(sigma: number): number[] {
  const half = Array.from({ length: Math.round(TRUNCATION * sigma) + 1 }, (_, i) => Math.exp((-0.5 * i * i) / (sigma * sigma)));
  const total = half.reduce((sum, weight) => sum + 2 * weight, -half[0]);
  return half.map((weight) => weight / total);
}

interface Along {
  size: number;
  weights: readonly number[];
  /** From one pixel to the next along the direction: 3 to the right, 3 · size down. */
  stride: number;
}

function blurAlong(values: ArrayLike<number>, { size, weights, stride }: Along): Float32Array {
  const blurred = new Float32Array(values.length);
  const across = stride === 3 ? 3 * size : 3;
  for (let line = 0; line < size; line++) {
    for (let channel = 0; channel < 3; channel++) {
      const origin = line * across + channel;
      for (let at = 0; at < size; at++) {
        let sum = weights[0] * values[origin + at * stride];
        for (let by = 1; by < weights.length; by++) {
          const before = at - by < 0 ? by - at - 1 : at - by;
          const after = at + by >= size ? 2 * size - 1 - at - by : at + by;
          sum += weights[by] * (values[origin + before * stride] + values[origin + after * stride]);
        }
        blurred[origin + at * stride] = sum;
      }
    }
  }
  return blurred;
}
