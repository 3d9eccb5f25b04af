/** How much of the variation in generated samples comes from z. */
export interface LatentDiversity {
  /** Mean distance between samples of the same input and different z. */
  readonly betweenLatents: number;
  /** Mean distance between samples of different inputs and the same z. */
  readonly betweenInputs: number;
  /** betweenLatents / betweenInputs: near 0, z is ignored; near 1, the input is. NaN if different inputs give equal samples. */
  readonly ratio: number;
  readonly inputs: number;
  readonly latents: number;
}

/**
 * Compares samples in pairs by their mean absolute difference.
 *
 * @param samples [inputs][latents] of flat samples of equal size; at least 2 inputs and 2 latents, the l-th latent the same for all inputs
 */
export function latentDiversity(samples: readonly (readonly ArrayLike<number>[])[]): LatentDiversity {
  const [inputs, latents] = [samples.length, samples[0]?.length ?? 0];
  if (inputs < 2 || latents < 2 || samples.some(({ length }) => length !== latents)) {
    throw new RangeError(
      `latentDiversity: samples must be 2 or more inputs with 2 or more latents each, got ${inputs} × ${latents}`,
    );
  }
  const columns = Array.from({ length: latents }, (_, l) => samples.map((row) => row[l]));
  const betweenLatents = meanOf(samples.map(meanPairDistance));
  const betweenInputs = meanOf(columns.map(meanPairDistance));
  return { betweenLatents, betweenInputs, ratio: betweenLatents / betweenInputs, inputs, latents };
}

/** The mean absolute difference of all pairs of flat samples of equal size; NaN for fewer than two. */
export function meanPairDistance(samples: readonly ArrayLike<number>[]): number {
  const distances = samples.flatMap((a, i) => samples.slice(i + 1).map((b) => meanAbsoluteDifference(a, b)));
  return meanOf(distances);
}

function meanAbsoluteDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new RangeError(`latentDiversity: samples must have one size, got ${a.length} and ${b.length}`);
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs(a[i] - b[i]);
  return sum / a.length;
}

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
