import { Matrix } from 'ml-matrix';

/** Mean and covariance of a set of feature vectors. */
export interface FeatureStatistics {
  readonly count: number;
  /** [D] */
  readonly mean: readonly number[];
  /** [D, D], with divisor count - 1. */
  readonly covariance: Matrix;
}

/**
 * Mean and unbiased covariance of feature vectors, accumulated in double precision.
 *
 * @param features [N][D], N at least 2, all of one length
 */
export function featureStatistics(features: readonly ArrayLike<number>[]): FeatureStatistics {
  const [count, size] = [features.length, features[0]?.length ?? 0];
  if (count < 2) throw new RangeError(`featureStatistics: features must hold at least 2 vectors, got ${count}`);
  const odd = features.find(({ length }) => length !== size);
  if (odd) throw new RangeError(`featureStatistics: features must all have ${size} numbers, got one of ${odd.length}`);
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
