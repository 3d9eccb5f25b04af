import type { Direction } from '@cmcgan/model';
import type { LoadedModel } from '@cmcgan/model/node';
import type { Dataset, Pair } from '@cmcgan/sub-urmp';
import { concat, dispose, slice, tidy, tile, type Tensor2D } from '@tensorflow/tfjs-core';
import { retrieval, type Retrieval } from '../metrics/retrieval';
import { eachRealBatch } from './real-batches';

/** Whether the discriminator ranks the true partner of a test sample first among all test samples of the other modality. */
export type RetrievalMeasure = Record<Direction, Retrieval>;

/** Two real samples that the joint discriminator is asked about. */
const ROLE = { role: 'real', statistics: 'moving' } as const;

/** The joint discriminator's ranking of all images for each sound, and of all sounds for each image; null for models without one. */
export async function measureRetrieval(
  model: LoadedModel,
  dataset: Dataset,
  pairs: readonly Pair[],
): Promise<RetrievalMeasure | null> {
  if (model.architecture !== 'cmcgan' || !judgesPairs(model) || pairs.length === 0) return null;
  const { discriminator } = model;
  const parts: { images: Tensor2D[]; sounds: Tensor2D[] } = { images: [], sounds: [] };
  await eachRealBatch(dataset, pairs, async ({ images, sounds }) => {
    parts.images.push(discriminator.imageFeatures(images, ROLE));
    parts.sounds.push(discriminator.soundFeatures(sounds, ROLE));
  });
  const count = pairs.length;
  const [images, sounds] = tidy(() => [concat(parts.images), concat(parts.sounds)]); // [N, F]
  dispose([...parts.images, ...parts.sounds]);
  const byImage: Float32Array[] = []; // [image][sound]
  for (let i = 0; i < count; i++) {
    const logits = tidy(() => discriminator.logits(tile(slice(images, [i, 0], [1, -1]), [count, 1]), sounds));
    byImage.push(Float32Array.from(await logits.data<'float32'>()));
    logits.dispose();
  }
  dispose([images, sounds]);
  const bySound = byImage.map((_, j) => byImage.map((row) => row[j]));
  return { soundToImage: retrieval(bySound), imageToSound: retrieval(byImage) };
}

/** Whether the model has a discriminator of pairs: the standard adversarial loss has one of each modality alone. */
function judgesPairs({ config }: Extract<LoadedModel, { architecture: 'cmcgan' }>): boolean {
  const { kind = 'joint' } = config.discriminator as { kind?: string };
  return kind === 'joint';
}
