/** How realistic and how varied generated samples are. */
export interface PrecisionRecall {
  /** Share of generated samples that lie among the real ones. */
  readonly precision: number;
  /** Share of real samples that lie among the generated ones. */
  readonly recall: number;
}

/** Neighbours that the published figures use. */
const NEIGHBOURS = 3;

/**
 * Improved precision and recall (Kynkäänniemi et al. 2019) on features: a sample lies among others if it is no farther from one of them than that one's
 * k-th nearest neighbour.
 *
 * @param real, generated features, each [n][d]
 * @throws if there are not more than k of each
 */
export function precisionRecall(
  { real, generated }: { readonly real: readonly ArrayLike<number>[]; readonly generated: readonly ArrayLike<number>[] },
  neighbours = NEIGHBOURS,
): PrecisionRecall {
  for (const [name, features] of Object.entries({ real, generated })) {
    if (features.length > neighbours) continue;
    throw new RangeError(`precisionRecall: ${name} must be more than ${neighbours} samples, got ${features.length}`);
  }
  return { precision: shareAmong(generated, real, neighbours), recall: shareAmong(real, generated, neighbours) };
}

function shareAmong(samples: readonly ArrayLike<number>[], others: readonly ArrayLike<number>[], neighbours: number): number {
  const radii = others.map((each) => others.map((other) => squaredDistance(each, other)).sort((a, b) => a - b)[neighbours]); // the nearest is itself
  const among = samples.filter((sample) => others.some((other, i) => squaredDistance(sample, other) <= radii[i]));
  return among.length / samples.length;
}

function squaredDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - b[i]) ** 2;
  return sum;
}
