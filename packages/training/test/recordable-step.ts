import { dispose, keep, tidy } from '@tensorflow/tfjs-core';
import type { Scalar } from '@tensorflow/tfjs-core';
import { createStatisticsCollector } from '@cmcgan/model';
import type { NormalSource } from '@cmcgan/model';
import { adversaryOf } from '../src/step/adversaries/adversary-of';
import { runGenerator } from '../src/step/generator-pass';
import { resolveStepOptions } from '../src/step/training-step';
import { updateDiscriminator, updateGenerator } from '../src/step/update-networks';
import type { TensorBatch } from '../src/training-batches';
import type { createTrainerState } from './step-fixture';

type TrainerState = ReturnType<typeof createTrainerState>;

/** The kernels of a training step, without reading its losses, which are returned. */
export function runKernels(state: TrainerState, batch: TensorBatch, random: NormalSource): Scalar[] {
  const { model } = state;
  const statistics = createStatisticsCollector();
  const adversary = adversaryOf(model);
  const options = resolveStepOptions(model);
  const context = { ...state, adversary, options, statistics };
  const wanted = options.fakes;
  const passes = [runGenerator({ model, batch, random, recorded: true, wanted, onStatistics: statistics.collect })];
  const judged = updateDiscriminator(context, passes);
  const features = tidy(() => ({ ...adversary.realFeatures(batch) }));
  for (const tensor of Object.values(features)) keep(tensor);
  const generated = updateGenerator(context, passes, [features]);
  dispose({ ...features });
  statistics.apply();
  return [...judged, ...generated].flatMap((parts) => Object.values<Scalar>(parts));
}
