import { seededNormal, type Way } from '@cmcgan/model';
import { tensor4d, tidy, type Tensor4D } from '@tensorflow/tfjs-core';
import type { EvaluatedModel } from '../evaluated-model';
import type { RealBatch } from './batches';

export interface LatentSource {
  /** Of N(0, 1); 0: the model takes none. */
  readonly size: number;
  readonly seed: number;
  /** Tells several draws for one pair apart. */
  readonly draw?: number;
}

/**
 * A latent [B, 1, 1, size] for each decoder pass of a way. A pair's latent follows from seed, pair, pass and draw alone: neither the
 * batch it is in nor the order matters. The caller disposes of them.
 */
export function latentsFor(
  ids: readonly string[],
  { passes }: Pick<Way, 'passes'>,
  { size, seed, draw = 0 }: LatentSource,
): Tensor4D[] | undefined {
  if (size === 0) return undefined;
  return passes.map((role) => {
    const values = new Float32Array(ids.length * size);
    ids.forEach((id, i) => values.set(seededNormal(seed, `${role} ${draw} ${id}`, size, 1), i * size));
    return tensor4d(values, [ids.length, 1, 1, size]);
  });
}

/** Generates along one of a model's ways from a batch's real samples, with a latent of its own for each pass. The caller owns the result. */
export function generateWay(
  model: EvaluatedModel,
  way: Way,
  { ids, images, sounds }: RealBatch,
  latents: Omit<LatentSource, 'size'>,
): Tensor4D {
  const generate = way.from === 'V' ? model.generateSound : model.generateImage;
  if (!generate) throw new Error(`generateWay: way must be one of the model's, got ${way.passes.join(' → ')}`);
  return tidy(() => {
    const z = latentsFor(ids, way, { ...latents, size: model.latentSize });
    return generate(way.from === 'V' ? images : sounds, z, { output: way.output });
  });
}
