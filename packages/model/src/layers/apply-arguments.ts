import type { AverageMove } from '@cmcgan/tfjs-kernels';
import type { Tensor, Variable } from '@tensorflow/tfjs-core';
import type { Role } from '../paths';

/** Statistics of one batch in one layer, and the moving averages to be updated with them. */
export interface StatisticsUpdate {
  /** Mean of this batch, [C], or [roles, C] if it holds several; valid until the caller's scope ends, unless kept. */
  mean: Tensor;
  /** Biased variance, of the same shape. */
  variance: Tensor;
  /** One pair for each role. */
  moving: readonly MovingStatistics[];
}

/** A pair of moving averages, [C] each. */
export interface MovingStatistics {
  mean: Variable;
  variance: Variable;
}

/** Options of a forward pass: `network.apply(sample, { role: 'VA', statistics: 'batch' })`. */
export interface ApplyArguments {
  /**
   * What the input is, which selects its moving averages. Default, as for `predict`: the layer's first role. A list for a batch that consists
   * of equal blocks, one per role, each of which is normalised by itself.
   */
  role?: Role | readonly Role[];
  /** Whether to normalise by this batch's statistics, or by the role's moving averages (default). */
  statistics?: 'batch' | 'moving';
  /** Called with the batch's statistics, layer by layer. The moving averages do not change until these are applied. */
  onStatistics?: (update: StatisticsUpdate) => void;
}

/** The moving averages of an update, each with the statistics of its role. */
export function averageMoves({ mean, variance, moving }: StatisticsUpdate): AverageMove[] {
  const valueOf = (tensor: Tensor, row: number) => (moving.length === 1 ? tensor : { tensor, row });
  return moving.flatMap((averages, role) => [
    { average: averages.mean, values: [valueOf(mean, role)] },
    { average: averages.variance, values: [valueOf(variance, role)] },
  ]);
}
