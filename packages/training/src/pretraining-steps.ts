import { createStatisticsCollector } from '@cmcgan/model';
import type { StatisticsCollector } from '@cmcgan/model';
import { addN, dispose, nextFrame, stack } from '@tensorflow/tfjs-core';
import type { Scalar } from '@tensorflow/tfjs-core';
import type { Optimizer } from '@cmcgan/tfjs-kernels';
import { learningRateFactor } from './learning-rate-factor';
import { createGradientTape } from './step/gradient-tape';
import { withTensors } from './training-batches';
import type { BatchSource, TensorBatch } from './training-batches';

/** Options that every pretraining has; `Losses` are those of a step. */
export interface PretrainingOptions<Losses> {
  /** Batches to train on, as many epochs as they take. */
  readonly steps: number;
  /** Of Adam; falls linearly to 0 over the second half. Default 0.001, for decoders 0.003, for paths 0.0005. */
  readonly learningRate?: number;
  /** Called after every step. */
  readonly onStep?: (step: number, losses: Losses) => void;
  /** Ends the pretraining after the current step. */
  readonly signal?: AbortSignal;
}

/**
 * Takes `takeStep` on the batches of `source` until there were `steps`, with the optimiser's learning rate, which falls linearly to 0 over the second half.
 * Disposes of the optimiser.
 *
 * @throws if `steps` is not a whole number of at least 1
 */
export async function pretrainingSteps<Losses>(
  caller: string,
  source: BatchSource,
  { steps, onStep, signal }: PretrainingOptions<Losses>,
  { optimizer, takeStep }: { readonly optimizer: Optimizer; takeStep(samples: TensorBatch): Promise<Losses> },
): Promise<void> {
  const { learningRate } = optimizer;
  try {
    if (!Number.isInteger(steps) || steps < 1) {
      throw new RangeError(`${caller}: steps must be a whole number of at least 1, got ${steps}`);
    }
    let step = 0;
    for (let epoch = 1; step < steps; epoch++) {
      for await (const batch of source.batches(epoch, 0)) {
        await nextFrame(); // lets signals in, where all batches are in memory
        if (signal?.aborted) return;
        optimizer.learningRate = learningRate * learningRateFactor({ kind: 'linear' }, { step, plannedSteps: steps });
        const losses = await withTensors([batch], ([samples]) => takeStep(samples));
        step++;
        onStep?.(step, losses);
        if (step === steps) break;
      }
    }
  } finally {
    optimizer.dispose();
  }
}

/**
 * Takes one step of the optimiser down the gradient of the sum of losses, and updates the moving averages with the statistics that they collect.
 * Resolves to the losses.
 */
export async function descend(
  optimizer: Optimizer,
  lossesOf: (onStatistics: StatisticsCollector['collect']) => readonly Scalar[],
): Promise<Float32Array> {
  const statistics = createStatisticsCollector();
  const tape = createGradientTape();
  const { total, parts } = tape.record(() => {
    const losses = [...lossesOf(statistics.collect)];
    return { total: addN(losses), parts: stack(losses) };
  });
  const gradients = tape.gradients(total, optimizer.variables);
  optimizer.step(gradients);
  statistics.apply();
  const values = await parts.data<'float32'>();
  dispose([...gradients, total, parts]);
  return values;
}
