import { moveAverages } from '@cmcgan/tfjs-kernels';
import { dispose, keep } from '@tensorflow/tfjs-core';
import type { Tensor1D, Variable } from '@tensorflow/tfjs-core';
import type { StatisticsUpdate } from './layers/apply-arguments';

/** Collects batch statistics over a training step, so that the moving averages do not depend on how the step is divided up. */
export interface StatisticsCollector {
  /** To be passed to a network as `onStatistics`. */
  collect(update: StatisticsUpdate): void;
  /**
   * Updates every moving average once with the mean of the statistics collected for it, moving = momentum · moving + (1 - momentum) · mean,
   * and clears the collector.
   */
  apply(momentum?: number): void;
  /** Discards the collected statistics. */
  dispose(): void;
}

/** Creates an empty collector. It keeps the statistics' tensors alive until they are applied or disposed. */
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
