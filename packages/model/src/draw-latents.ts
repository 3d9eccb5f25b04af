import { tensor4d } from '@tensorflow/tfjs-core';
import type { Tensor4D } from '@tensorflow/tfjs-core';

/** A source of latents, which draws independently from N(0, 1), such as a generator of @cmcgan/random. */
export interface NormalSource {
  normal(): number;
}

/** Returns the `count` draws from N(0, 1) for one decoder pass, sample by sample. */
export type DrawNormals<Pass extends string> = (pass: Pass, count: number) => Float32Array;

/** Number of latents and their dimensions; 0: the model has no latent. */
export interface LatentShape {
  batchSize: number;
  latentSize: number;
}

/**
 * Draws a latent z [batchSize, 1, 1, latentSize] for each decoder pass, in the order of `passes`; none if latentSize is 0. A source is used
 * for the passes one after the other; a function is called with the name of each pass. The caller owns the tensors.
 */
export function drawLatents<Pass extends string>(
  passes: readonly Pass[],
  { batchSize, latentSize }: LatentShape,
  normals: NormalSource | DrawNormals<Pass>,
): Partial<Record<Pass, Tensor4D>> {
  if (latentSize === 0) return {};
  const draw: DrawNormals<Pass> =
    typeof normals === 'function' ? normals : (_, count) => Float32Array.from({ length: count }, () => normals.normal());
  const latents = passes.map((pass) => {
    const values = draw(pass, batchSize * latentSize);
    return [pass, tensor4d(values, [batchSize, 1, 1, latentSize])];
  });
  return Object.fromEntries(latents) as Partial<Record<Pass, Tensor4D>>;
}
