import type { Tensor1D, Variable } from '@tensorflow/tfjs-core';
import type { Role } from './roles';

/** Statistics of one batch in one layer, and the moving averages that they belong to. */
export interface StatisticsUpdate {
  /** Of this batch, [C]; valid until the caller's scope ends, unless kept. */
  mean: Tensor1D;
  variance: Tensor1D;
  movingMean: Variable;
  movingVariance: Variable;
}

export interface ApplyOptions {
  /** What the input is. */
  role: Role;
  /** true: normalise by this batch's statistics. false: by the moving ones of the role. */
  training: boolean;
  /** Is told the batch's statistics, layer by layer, in training. The moving ones change only when they are applied. */
  onStatistics?: (update: StatisticsUpdate) => void;
}
