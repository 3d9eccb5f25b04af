import type { Cmcgan } from '@cmcgan/model';
import { augmentBatches, batchPairs, pretrainContrastively } from '@cmcgan/training';
import type { BatchSource } from '@cmcgan/training';
import type { TrainerOptions } from '../options/trainer-options';
import type { PreparedRun } from './pretraining';

/** Trains CMCGAN's encoders and discriminator to find a picture by its sound, on the run's training pairs, varied as they are for training. */
export async function pretrainNetworks(
  model: Cmcgan,
  { dataset, progress }: PreparedRun,
  options: TrainerOptions,
): Promise<void> {
  const { contrastiveSteps: steps } = options;
  progress.note(`First learning to find pictures by their sounds: ${steps} steps`);
  await pretrainContrastively(model, variedBatches(dataset, options), {
    steps,
    onStep(step, { codes, features }) {
      progress.status(
        `finding pictures ${step}/${steps}, loss ${codes.toFixed(2)} (encoders), ${features.toFixed(2)} (discriminator)`,
      );
    },
  });
}

/** The batches of the run's epochs, varied. */
function variedBatches(dataset: PreparedRun['dataset'], options: TrainerOptions): BatchSource {
  const { batchSize, seed, sampling, augmentation } = options;
  const { decibelRange } = dataset;
  const source = batchPairs(dataset, { batchSize, seed, sampling });
  const { batchesPerEpoch } = source;
  return {
    batchesPerEpoch,
    async *batches(epoch, start) {
      let step = (epoch - 1) * batchesPerEpoch + start;
      for await (const batch of source.batches(epoch, start)) {
        yield* augmentBatches([batch], { augmentation, seed, step: step++, decibelRange });
      }
    },
  };
}
