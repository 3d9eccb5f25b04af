import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

/** A Fréchet distance, with what is needed to judge how reliable it is. */
export interface FrechetDistance {
  readonly distance: number;
  /** The number of vectors on each side. */
  readonly counts: readonly [number, number];
  /** The number of features in each vector. */
  readonly dimensions: number;
  /** Whether a side has too few vectors for a covariance of full rank; the upward bias is then especially large. */
  readonly rankDeficient: boolean;
}

/**
 * The Fréchet distance between two sets of feature vectors modelled as Gaussians, as in FID and FAD (Heusel et al. 2017, Eq. 6; Kilgour et
 * al. 2019): |μ₁ - μ₂|² + tr(Σ₁ + Σ₂ - 2 (Σ₁Σ₂)^½). The trace of the root is computed from the eigenvalues of Σ₁^½ Σ₂ Σ₁^½, which is
 * symmetric and has the same eigenvalues as Σ₁Σ₂.
 *
 * It is biased upwards, more so for fewer vectors: compare only distances between equal numbers of vectors.
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
  const symmetric = product.add(product.transpose()).div(2); // rounding made it slightly asymmetric
  const { realEigenvalues } = new EigenvalueDecomposition(symmetric, { assumeSymmetric: true });
  return realEigenvalues.reduce((sum, value) => sum + Math.sqrt(Math.max(0, value)), 0);
}

/** Mean and covariance of a set of feature vectors. */
interface FeatureStatistics {
  readonly count: number;
  /** [D] */
  readonly mean: readonly number[];
  /** [D, D], with divisor count - 1. */
  readonly covariance: Matrix;
}

/** Mean and unbiased covariance of feature vectors [N][D], accumulated in double precision. */
function featureStatistics(features: readonly ArrayLike<number>[]): FeatureStatistics {
  const [count, size] = [features.length, features[0]?.length ?? 0];
  if (count < 2) throw new RangeError(`frechetDistance: features must hold at least 2 vectors, got ${count}`);
  const odd = features.find(({ length }) => length !== size);
  if (odd) throw new RangeError(`frechetDistance: features must all have ${size} numbers, got one of ${odd.length}`);
  const mean = Array.from({ length: size }, (_, d) => features.reduce((sum, vector) => sum + vector[d], 0) / count);
  const centred = new Matrix(features.map((vector) => Array.from(vector, (value, d) => value - mean[d]))); // [N, D]
  return {
    count,
    mean,
    covariance: centred
      .transpose()
      .mmul(centred)
      .div(count - 1),
  };
}

/** The square root V √Λ Vᵀ of a symmetric positive semi-definite matrix; eigenvalues that rounding made negative count as 0. */
function symmetricSquareRoot(matrix: Matrix): Matrix {
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(matrix, { assumeSymmetric: true });
  const roots = realEigenvalues.map((value) => Math.sqrt(Math.max(0, value)));
  return eigenvectorMatrix.clone().mulRowVector(roots).mmul(eigenvectorMatrix.transpose());
}
