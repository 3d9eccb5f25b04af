import type { Cmcgan } from '@cmcgan/model';
import { augmentBatches, batchPairs, pretrainContrastively, pretrainDecoders, pretrainPaths } from '@cmcgan/training';
import type { BatchSource } from '@cmcgan/training';
import type { TrainerOptions } from '../options/trainer-options';
import type { PreparedRun } from './pretraining';
import { withSimilarTargets } from './similar-targets';

/**
 * Trains CMCGAN's encoders and discriminator to find a picture by its sound, then its decoders to make either from codes, and encoders to read what decoders make, as far
 * as the options say so, on the run's training pairs, varied as they are for training.
 */
export async function pretrainNetworks(
  model: Cmcgan,
  { dataset, progress }: PreparedRun,
  options: TrainerOptions,
): Promise<void> {
  const { contrastiveSteps, decoderSteps, pathSteps, similarMeans, seed, step } = options;
  const varied = variedBatches(dataset, options);
  const compared = { seed, imageDistance: step.imageDistance, spectralScales: step.spectralScales };
  if (contrastiveSteps > 0) {
    progress.note(`First learning to find pictures by their sounds: ${contrastiveSteps} steps`);
    await pretrainContrastively(model, varied, {
      steps: contrastiveSteps,
      onStep: (done, { codes, features }) =>
        progress.status(
          `finding pictures ${done}/${contrastiveSteps}, loss ${codes.toFixed(2)} (encoders), ${features.toFixed(2)} (discriminator)`,
        ),
    });
  }
  const targets = withSimilarTargets(varied, model, { dataset, progress, similarMeans });
  if (decoderSteps > 0) {
    progress.note(`Learning to make pictures and sounds from what was found: ${decoderSteps} steps`);
    await pretrainDecoders(model, targets, {
      ...{ ...compared, steps: decoderSteps },
      onStep: (done, { images, sounds }) =>
        progress.status(`decoders ${done}/${decoderSteps}, loss ${images.toFixed(3)} (pictures), ${sounds.toFixed(3)} (sounds)`),
    });
  }
  if (pathSteps > 0) {
    progress.note(`Learning to read what was made: ${pathSteps} steps`);
    await pretrainPaths(model, targets, {
      ...{ ...compared, steps: pathSteps },
      onStep: (done, { images, sounds, codes }) =>
        progress.status(
          `paths ${done}/${pathSteps}, loss ${images.toFixed(3)} (pictures), ${sounds.toFixed(3)} (sounds), ${codes.toFixed(2)} (encoders)`,
        ),
    });
  }
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
