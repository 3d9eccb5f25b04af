import type { Cmcgan } from '@cmcgan/model';
import { batchPairs, pretrainContrastively } from '@cmcgan/training';
import type { TrainerOptions } from '../options/trainer-options';
import type { PreparedRun } from './pretraining';

/** Trains CMCGAN's encoders and discriminator to find a picture by its sound, on the run's training pairs. */
export async function pretrainNetworks(
  model: Cmcgan,
  { dataset, progress, signal }: PreparedRun,
  options: TrainerOptions,
): Promise<void> {
  const { batchSize, seed, sampling, contrastiveSteps: steps } = options;
  progress.note(`First learning to find pictures by their sounds: ${steps} steps`);
  await pretrainContrastively(model, batchPairs(dataset, { batchSize, seed, sampling }), {
    ...{ steps, signal },
    onStep(step, { codes, features }) {
      progress.status(
        `finding pictures ${step}/${steps}, loss ${codes.toFixed(2)} (encoders), ${features.toFixed(2)} (discriminator)`,
      );
    },
  });
}
