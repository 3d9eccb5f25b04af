import { moveAverages } from '@cmcgan/tfjs-kernels';
import type { AverageMove } from '@cmcgan/tfjs-kernels';
import { dispose, keep } from '@tensorflow/tfjs-core';
import type { Tensor, Variable } from '@tensorflow/tfjs-core';
import { averageMoves } from './layers/apply-arguments';
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
  const collected = new Map<Variable, AverageMove['values']>();
  const kept = new Set<Tensor>();
  const clear = () => {
    dispose([...kept]);
    kept.clear();
    collected.clear();
  };
  return {
    collect(update) {
      for (const tensor of [update.mean, update.variance]) kept.add(keep(tensor));
      for (const { average, values } of averageMoves(update)) {
        collected.set(average, [...(collected.get(average) ?? []), ...values]);
      }
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
