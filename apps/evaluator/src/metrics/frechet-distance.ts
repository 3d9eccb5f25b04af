import { EigenvalueDecomposition, type Matrix } from 'ml-matrix';
import { featureStatistics } from './feature-statistics';
import { symmetricSquareRoot } from './symmetric-square-root';

/** A Fréchet distance with what is needed to know what it is worth. */
export interface FrechetDistance {
  readonly distance: number;
  /** Vectors on either side, and numbers in each. */
  readonly counts: readonly [number, number];
  readonly dimensions: number;
  /** Whether a side has too few vectors for a covariance of full rank: the distance is then too large by more than usual. */
  readonly rankDeficient: boolean;
}

/**
 * The Fréchet distance between two sets of features taken as Gaussians, as FID and FAD define it (Heusel et al. 2017, Eq. 6; Kilgour et
 * al. 2019): |μ₁ - μ₂|² + tr(Σ₁ + Σ₂ - 2 (Σ₁Σ₂)^½). The trace of the root is taken from the eigenvalues of Σ₁^½ Σ₂ Σ₁^½, which is
 * symmetric and has those of Σ₁Σ₂.
 *
 * It is biased upwards, the more the fewer vectors there are: compare only distances over equal counts.
 *
 * @param left [N][D], right [M][D]; N and M at least 2
 */
export function frechetDistance(left: readonly ArrayLike<number>[], right: readonly ArrayLike<number>[]): FrechetDistance {
  const [a, b] = [featureStatistics(left), featureStatistics(right)];
  const dimensions = a.mean.length;
  if (dimensions !== b.mean.length) {
    throw new RangeError(`frechetDistance: both sides must have features of ${dimensions} numbers, got ${b.mean.length}`);
  }
  const squared = a.mean.reduce((sum, value, d) => sum + (value - b.mean[d]) ** 2, 0);
  const distance = squared + a.covariance.trace() + b.covariance.trace() - 2 * traceOfRoot(a.covariance, b.covariance);
  return {
    distance: Math.max(0, distance),
    counts: [a.count, b.count],
    dimensions,
    rankDeficient: Math.min(a.count, b.count) <= dimensions,
  };
}

/** tr((Σ₁Σ₂)^½) */
function traceOfRoot(first: Matrix, second: Matrix): number {
  const root = symmetricSquareRoot(first);
  const product = root.mmul(second).mmul(root);
  const symmetric = product.add(product.transpose()).div(2); // rounding left it a little asymmetric
  const { realEigenvalues } = new EigenvalueDecomposition(symmetric, { assumeSymmetric: true });
  return realEigenvalues.reduce((sum, value) => sum + Math.sqrt(Math.max(0, value)), 0);
}
