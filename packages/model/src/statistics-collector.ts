import { moveAverages } from '@cmcgan/tfjs-kernels';
import { dispose, keep } from '@tensorflow/tfjs-core';
import type { Tensor1D, Variable } from '@tensorflow/tfjs-core';
import type { StatisticsUpdate } from './layers/apply-arguments';

/** Gathers batch statistics over a training step, so that how the step's work is shared out does not change the moving averages. */
export interface StatisticsCollector {
  /** Hand this to a network as `onStatistics`. */
  collect(update: StatisticsUpdate): void;
  /**
   * Moves every average once towards the mean of what was collected for it, moving = momentum · moving + (1 - momentum) · mean, and
   * forgets what was collected.
   */
  apply(momentum?: number): void;
  /** Forgets what was collected. */
  dispose(): void;
}

/** An empty collector. It keeps the statistics' tensors alive until they are applied or disposed. */
export function createStatisticsCollector(): StatisticsCollector {
  const collected = new Map<Variable, Tensor1D[]>();
  const note = (moving: Variable, value: Tensor1D) => collected.set(moving, [...(collected.get(moving) ?? []), keep(value)]);
  const clear = () => {
    for (const values of collected.values()) dispose(values);
    collected.clear();
  };
  return {
    collect({ mean, variance, movingMean, movingVariance }) {
      note(movingMean, mean);
      note(movingVariance, variance);
    },
    apply(momentum = 0.9) {
      moveAverages(
        Array.from(collected, ([average, values]) => ({ average, values })),
        momentum,
      );
      clear();
    },
    dispose: clear,
  };
}
