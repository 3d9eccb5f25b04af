import type { Tensor1D, Variable } from '@tensorflow/tfjs-core';
import type { Role } from '../paths';

/** Statistics of one batch in one layer, and the moving averages that they belong to. */
export interface StatisticsUpdate {
  /** Of this batch, [C]; valid until the caller's scope ends, unless kept. */
  mean: Tensor1D;
  variance: Tensor1D;
  movingMean: Variable;
  movingVariance: Variable;
}

/** Options of a network's pass: `network.apply(sample, { role: 'VA', statistics: 'batch' })`. */
export interface ApplyArguments {
  /** What the input is, and so which moving averages belong to it. Default, as for `predict`: the layer's first role. */
  role?: Role;
  /** Normalise by this batch's statistics, or by the moving ones of the role (default). */
  statistics?: 'batch' | 'moving';
  /** Called with the batch's statistics, layer by layer. The moving averages only change once these are applied. */
  onStatistics?: (update: StatisticsUpdate) => void;
}
