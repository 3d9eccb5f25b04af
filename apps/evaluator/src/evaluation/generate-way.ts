import { drawLatents, type CrossModalModel, type Way } from '@cmcgan/model';
import { tidy, type Tensor4D } from '@tensorflow/tfjs-core';
import { latentsOfPairs, type LatentSource } from './latents';

/** Real samples of a batch, and what tells them apart. */
export interface RealBatch {
  readonly ids: readonly string[];
  /** [B, 128, 128, 3] */
  readonly images: Tensor4D;
  /** [B, 128, 32, 1] */
  readonly sounds: Tensor4D;
}

/** Generates along a way from a batch's real samples; with a fresh latent for each pass. The caller owns the result. */
export function generateWay(
  model: CrossModalModel,
  way: Way,
  { ids, images, sounds }: RealBatch,
  latents: LatentSource,
): Tensor4D {
  const generate = way.from === 'V' ? model.generateSound : model.generateImage;
  if (!generate) throw new Error(`generateWay: way must be one of the model's, got ${way.passes.join(' → ')}`);
  return tidy(() => {
    const shape = { batchSize: ids.length, latentSize: model.latentSize };
    const z = Object.values(drawLatents(way.passes, shape, latentsOfPairs(ids, latents)));
    return generate(way.from === 'V' ? images : sounds, z, { output: way.output });
  });
}
