import { seededNormal, type Way } from '@cmcgan/model';
import { tensor4d, type Tensor4D } from '@tensorflow/tfjs-core';

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
  { passes }: Way,
  { size, seed, draw = 0 }: LatentSource,
): Tensor4D[] | undefined {
  if (size === 0) return undefined;
  return passes.map((role) => {
    const values = new Float32Array(ids.length * size);
    ids.forEach((id, i) => values.set(seededNormal(seed, `${role} ${draw} ${id}`, size, 1), i * size));
    return tensor4d(values, [ids.length, 1, 1, size]);
  });
}
