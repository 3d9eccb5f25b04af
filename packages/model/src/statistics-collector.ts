import { moveAverages } from '@cmcgan/tfjs-kernels';
import type { AverageMove } from '@cmcgan/tfjs-kernels';
import { add, dispose, keep, mul, tidy } from '@tensorflow/tfjs-core';
import type { Tensor, Variable } from '@tensorflow/tfjs-core';
import { averageMoves } from './layers/apply-arguments';
import type { StatisticsUpdate } from './layers/apply-arguments';

/** Collects batch statistics over a training step, so that the moving averages do not depend on how the step is divided up. */
export interface StatisticsCollector {
  /** To be passed to a network as `onStatistics`. */
  collect(update: StatisticsUpdate): void;
  /**
   * Takes out the sums of what was collected since the last call, in a fixed order, and those of `collect` calls after it start anew. The
   * caller owns them, and gives them back with `addSums`.
   */
  takeSums(): Tensor[];
  /**
   * Gives back the sums that `takeSums` has returned, or such sums added to those of other collectors; owns them.
   *
   * @param times by how much the number of summands has grown; default 1
   */
  addSums(sums: readonly Tensor[], times?: number): void;
  /**
   * Updates every moving average once with the mean of the statistics collected for it, moving = momentum · moving + (1 - momentum) · mean,
   * and clears the collector.
   */
  apply(momentum?: number): void;
  /** Discards the collected statistics. */
  dispose(): void;
}

/** Sums of a layer's statistics, and the number of summands. */
type Sums = StatisticsUpdate & { count: number };

/** Creates an empty collector. It keeps the statistics' tensors alive until they are applied or disposed. */
export function createStatisticsCollector(): StatisticsCollector {
  const recent = new Map<string, Sums>();
  const earlier = new Map<string, Sums>();
  /** What `takeSums` has taken out and `addSums` gives back. */
  let taken: [string, Sums][] = [];
  const clear = () => {
    for (const { mean, variance } of [...recent.values(), ...earlier.values()]) dispose([mean, variance]);
    for (const sums of [recent, earlier]) sums.clear();
  };
  const takeSums = (): Tensor[] => {
    taken = [...recent];
    recent.clear();
    return taken.flatMap(([, { mean, variance }]) => [mean, variance]);
  };
  const addSums = (sums: readonly Tensor[], times = 1): void => {
    taken.forEach(([key, { moving, count }], i) =>
      addTo(earlier, key, { moving, mean: keep(sums[2 * i]), variance: keep(sums[2 * i + 1]), count: Math.round(count * times) }),
    );
    taken = [];
  };
  return {
    collect({ mean, variance, moving }) {
      addTo(recent, keyOf(moving), { moving, mean: keep(mean), variance: keep(variance), count: 1 });
    },
    takeSums,
    addSums,
    apply(momentum = 0.9) {
      if (recent.size > 0) addSums(takeSums());
      applyMeans([...earlier.values()], momentum);
      clear();
    },
    dispose: clear,
  };
}

/** Layers are identified by their averages. */
const keyOf = (moving: StatisticsUpdate['moving']): string => moving.map(({ mean }) => mean.id).join();

function addTo(sums: Map<string, Sums>, key: string, more: Sums): void {
  const sofar = sums.get(key);
  if (sofar === undefined) return void sums.set(key, more);
  const [mean, variance] = tidy(() => [keep(add(sofar.mean, more.mean)), keep(add(sofar.variance, more.variance))]);
  dispose([sofar.mean, sofar.variance, more.mean, more.variance]);
  sums.set(key, { ...more, mean, variance, count: sofar.count + more.count });
}

function applyMeans(sums: readonly Sums[], momentum: number): void {
  const meanOf = (sum: Tensor, count: number): Tensor => (count === 1 ? sum : mul(sum, 1 / count));
  tidy(() => {
    const values = new Map<Variable, AverageMove['values']>();
    for (const { moving, count, mean, variance } of sums) {
      const means = { moving, mean: meanOf(mean, count), variance: meanOf(variance, count) };
      for (const move of averageMoves(means)) values.set(move.average, [...(values.get(move.average) ?? []), ...move.values]);
    }
    moveAverages(
      Array.from(values, ([average, each]) => ({ average, values: each })),
      momentum,
    );
  });
}
