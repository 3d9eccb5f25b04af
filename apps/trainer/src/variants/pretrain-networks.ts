import type { Cmcgan } from '@cmcgan/model';
import { augmentBatches, batchPairs, pretrainContrastively, pretrainDecoders } from '@cmcgan/training';
import type { BatchSource } from '@cmcgan/training';
import type { TrainerOptions } from '../options/trainer-options';
import type { PreparedRun } from './pretraining';
import { withMeansToFind, withSimilarTargets } from './similar-targets';

/** Of the encoders when they learn to find means as well: what they have learnt stays. */
const MEANS_LEARNING_RATE = 0.0005;

/**
 * Trains CMCGAN's encoders and discriminator to find a picture by its sound, also those of means, and then its decoders to make either from codes, as far as the
 * options say so, on the run's training pairs, varied as they are for training.
 */
export async function pretrainNetworks(
  model: Cmcgan,
  { dataset, progress }: PreparedRun,
  options: TrainerOptions,
): Promise<void> {
  const { contrastiveSteps, contrastiveMeanSteps, decoderSteps, similarMeans, seed, step } = options;
  const varied = variedBatches(dataset, options);
  const similar = { dataset, progress, similarMeans };
  const findPairs = (source: BatchSource, what: string, steps: number, learningRate?: number) =>
    pretrainContrastively(model, source, {
      ...{ steps, learningRate },
      onStep(done, { codes, features }) {
        progress.status(`${what} ${done}/${steps}, loss ${codes.toFixed(2)} (encoders), ${features.toFixed(2)} (discriminator)`);
      },
    });
  if (contrastiveSteps > 0) {
    progress.note(`First learning to find pictures by their sounds: ${contrastiveSteps} steps`);
    await findPairs(varied, 'finding pictures', contrastiveSteps);
  }
  if (contrastiveMeanSteps > 0) {
    progress.note(`Learning to find means of similar pictures and sounds as well: ${contrastiveMeanSteps} steps`);
    const means = await withMeansToFind(varied, model, { ...similar, seed });
    await findPairs(means, 'finding means', contrastiveMeanSteps, MEANS_LEARNING_RATE);
  }
  if (decoderSteps > 0) {
    progress.note(`Learning to make pictures and sounds from what was found: ${decoderSteps} steps`);
    const { imageDistance, spectralScales } = step;
    await pretrainDecoders(model, withSimilarTargets(varied, model, similar), {
      ...{ steps: decoderSteps, seed, imageDistance, spectralScales },
      onStep(done, { images, sounds }) {
        progress.status(`decoders ${done}/${decoderSteps}, loss ${images.toFixed(3)} (pictures), ${sounds.toFixed(3)} (sounds)`);
      },
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
