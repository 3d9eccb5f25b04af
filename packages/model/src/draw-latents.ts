import { tensor4d } from '@tensorflow/tfjs-core';
import type { Tensor4D } from '@tensorflow/tfjs-core';

/** Where latents come from: independent draws of N(0, 1). A generator of @cmcgan/random fits. */
export interface NormalSource {
  normal(): number;
}

/** The `count` draws of N(0, 1) that one decoder pass takes, sample by sample. */
export type DrawNormals<Pass extends string> = (pass: Pass, count: number) => Float32Array;

/** How many latents, and of how many dimensions; 0: the model takes none. */
export interface LatentShape {
  batchSize: number;
  latentSize: number;
}

/**
 * A latent z [batchSize, 1, 1, latentSize] for each decoder pass, in the order of `passes`; none where latentSize is 0. One source serves
 * the passes one after the other; a function draws for each pass by its name. The caller owns the tensors.
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
