import { drawLatents, type DrawNormals, type GeneratedRole, type Way } from '@cmcgan/model';
import { seededNormal } from '@cmcgan/random';
import { tidy, type Tensor4D } from '@tensorflow/tfjs-core';
import type { EvaluatedModel } from '../evaluated-model';
import type { RealBatch } from './batches';

export interface LatentSource {
  readonly seed: number;
  /** Distinguishes several latents for one pair. Default 0. */
  readonly draw?: number;
}

/**
 * The latents of pairs, for `drawLatents`. A pair's latent depends only on seed, pair, pass and draw, not on its batch or the order of
 * pairs.
 */
export function latentsOfPairs(ids: readonly string[], { seed, draw = 0 }: LatentSource): DrawNormals<GeneratedRole> {
  return (role, count) => {
    const size = count / ids.length;
    const values = new Float32Array(count); // [B, Z]
    ids.forEach((id, i) => values.set(seededNormal(seed, `${role} ${draw} ${id}`, size, 1), i * size));
    return values;
  };
}

/** Generates along one of a model's ways from a batch's real samples, with a separate latent for each pass. The caller owns the result. */
export function generateWay(
  model: EvaluatedModel,
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
