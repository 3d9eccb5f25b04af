import type { Tensor1D, Variable } from '@tensorflow/tfjs-core';
import type { Role } from '../paths';

/** Statistics of one batch in one layer, and the moving averages to be updated with them. */
export interface StatisticsUpdate {
  /** Mean of this batch, [C]; valid until the caller's scope ends, unless kept. */
  mean: Tensor1D;
  variance: Tensor1D;
  movingMean: Variable;
  movingVariance: Variable;
}

/** Options of a forward pass: `network.apply(sample, { role: 'VA', statistics: 'batch' })`. */
export interface ApplyArguments {
  /** What the input is, which selects its moving averages. Default, as for `predict`: the layer's first role. */
  role?: Role;
  /** Whether to normalise by this batch's statistics, or by the role's moving averages (default). */
  statistics?: 'batch' | 'moving';
  /** Called with the batch's statistics, layer by layer. The moving averages do not change until these are applied. */
  onStatistics?: (update: StatisticsUpdate) => void;
}
