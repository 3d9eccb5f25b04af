import type { Cmcgan, Direction } from '@cmcgan/model';
import type { LabelledPair } from '@cmcgan/classifier';
import { concat, dispose, slice, tidy, tile, type Tensor2D } from '@tensorflow/tfjs-core';
import { asCmcgan, type EvaluatedModel } from '../evaluated-model';
import type { EvaluationData } from '../evaluation-data';
import { retrieval, type Retrieval } from '../metrics/retrieval';
import { eachRealBatch } from '../samples/batches';

/** Whether the discriminator ranks the true partner of a test sample first among all test samples of the other modality. */
export type RetrievalMeasure = Record<Direction, Retrieval>;

/** Real samples are scored in this role of the joint discriminator. */
const ROLE = { role: 'real', statistics: 'moving' } as const;

/** Ranks all images for each sound, and all sounds for each image, by the joint discriminator; null for models without one. */
export async function measureRetrieval(
  model: EvaluatedModel,
  data: Pick<EvaluationData, 'load'>,
  pairs: readonly LabelledPair[],
): Promise<RetrievalMeasure | null> {
  const cmcgan = asCmcgan(model);
  if (!cmcgan || !judgesPairs(cmcgan) || pairs.length === 0) return null;
  const byImage = await scoreAllPairs(cmcgan.discriminator, data, pairs);
  const bySound = byImage.map((_, j) => byImage.map((row) => row[j]));
  return { soundToImage: retrieval(bySound), imageToSound: retrieval(byImage) };
}

/** Whether the model's discriminator scores pairs: with the standard adversarial loss there is one for each modality alone. */
function judgesPairs({ config }: Cmcgan): boolean {
  const { kind = 'joint' } = config.discriminator as { kind?: string };
  return kind === 'joint';
}

/** The discriminator's logits for every image with every sound, [image][sound]. */
async function scoreAllPairs(
  discriminator: Cmcgan['discriminator'],
  data: Pick<EvaluationData, 'load'>,
  pairs: readonly LabelledPair[],
): Promise<Float32Array[]> {
  const parts: { images: Tensor2D[]; sounds: Tensor2D[] } = { images: [], sounds: [] };
  await eachRealBatch(data, pairs, async ({ images, sounds }) => {
    parts.images.push(discriminator.imageFeatures(images, ROLE));
    parts.sounds.push(discriminator.soundFeatures(sounds, ROLE));
  });
  const [images, sounds] = tidy(() => [concat(parts.images), concat(parts.sounds)]); // [N, F]
  dispose([...parts.images, ...parts.sounds]);
  const byImage: Float32Array[] = [];
  for (let i = 0; i < pairs.length; i++) {
    const logits = tidy(() => discriminator.logits(tile(slice(images, [i, 0], [1, -1]), [pairs.length, 1]), sounds));
    byImage.push(Float32Array.from(await logits.data<'float32'>()));
    logits.dispose();
  }
  dispose([images, sounds]);
  return byImage;
}
