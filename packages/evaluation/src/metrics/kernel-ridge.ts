import { CholeskyDecomposition, Matrix } from 'ml-matrix';

/** A fitted regressor. */
export interface KernelRidge {
  /** One estimate for each feature vector. */
  predict(features: readonly ArrayLike<number>[]): number[];
}

export interface KernelRidgeOptions {
  /** Sets γ of the kernel exp(-γ |x - y|²) to this times 1 / (total variance of the training features). Default 0.3. */
  scale?: number;
  /** Weight of the ridge penalty. Default 0.01. */
  alpha?: number;
}

/**
 * Kernel ridge regression with a Gaussian kernel, around the mean of the targets: (K + αI) a = y - ȳ. It factors an N × N matrix, so it
 * suits up to a few thousand training vectors. If the features do not vary at all, every estimate is the mean.
 *
 * @param features [N][D], targets [N]
 */
export function fitKernelRidge(
  features: readonly ArrayLike<number>[],
  targets: readonly number[],
  options: KernelRidgeOptions = {},
): KernelRidge {
  if (features.length === 0 || features.length !== targets.length) {
    throw new RangeError(
      `fitKernelRidge: features must be one vector for each of the ${targets.length} targets, at least one, got ${features.length}`,
    );
  }
  return factorKernelRidge(features, options)(targets);
}

/** The same in two steps, for several targets of the same features: factors the matrix, which takes nearly all the time, and returns what fits one target. */
export function factorKernelRidge(
  features: readonly ArrayLike<number>[],
  { scale = 0.3, alpha = 0.01 }: KernelRidgeOptions = {},
): (targets: readonly number[]) => KernelRidge {
  const gamma = scale / (totalVariance(features) || 1);
  const penalised = Matrix.eye(features.length).mul(1 + alpha);
  for (const [i, a] of features.entries()) {
    for (let j = 0; j < i; j++) {
      const similarity = gaussian(a, features[j], gamma);
      penalised.set(i, j, similarity).set(j, i, similarity);
    }
  }
  const factor = new CholeskyDecomposition(penalised);
  return (targets) => {
    const mean = targets.reduce((sum, target) => sum + target, 0) / targets.length;
    const weights = factor.solve(Matrix.columnVector(targets.map((target) => target - mean))).to1DArray();
    return {
      predict: (vectors) =>
        vectors.map((vector) => mean + features.reduce((sum, known, i) => sum + weights[i] * gaussian(known, vector, gamma), 0)),
    };
  };
}

function gaussian(a: ArrayLike<number>, b: ArrayLike<number>, gamma: number): number {
  let squared = 0;
  for (let d = 0; d < a.length; d++) squared += (a[d] - b[d]) ** 2;
  return Math.exp(-gamma * squared);
}

/** The sum of the variances of all features. */
function totalVariance(features: readonly ArrayLike<number>[]): number {
  let total = 0;
  for (let d = 0; d < features[0].length; d++) {
    let [sum, squares] = [0, 0];
    for (const vector of features) {
      sum += vector[d];
      squares += vector[d] ** 2;
    }
    total += squares / features.length - (sum / features.length) ** 2;
  }
  return Math.max(0, total);
}
