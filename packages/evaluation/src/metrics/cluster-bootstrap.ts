import { createRandom } from '@cmcgan/random';

/** A mean over clusters with its 95 % interval. */
export interface ClusterMean {
  readonly mean: number;
  readonly interval: readonly [low: number, high: number];
  readonly clusters: number;
}

export interface ClusterBootstrapOptions {
  /** For the draws. Default 1. */
  readonly seed?: number;
  /** Sets of clusters drawn. Default 10,000. */
  readonly draws?: number;
}

/**
 * The mean of one value for each cluster, with the percentile bootstrap's 95 % interval (Efron and Tibshirani 1993, chapter 13). Answers that are not independent belong to one
 * cluster, whose value is their mean: those of several trainings about the same pair, or their difference from another model's.
 *
 * @throws if there is no value
 */
export function clusterBootstrap(
  values: readonly number[],
  { seed = 1, draws = 10_000 }: ClusterBootstrapOptions = {},
): ClusterMean {
  const clusters = values.length;
  if (clusters === 0) throw new RangeError('clusterBootstrap: values must hold at least one cluster, got none');
  const random = createRandom(seed).fork('cluster bootstrap');
  const means = Float64Array.from({ length: draws }, () => {
    let sum = 0;
    for (let i = 0; i < clusters; i++) sum += values[Math.floor(random.uniform() * clusters)];
    return sum / clusters;
  }).sort();
  const at = (share: number) => means[Math.min(draws - 1, Math.floor(share * draws))];
  return { mean: values.reduce((sum, value) => sum + value, 0) / clusters, interval: [at(0.025), at(0.975)], clusters };
}
