import type { DrawNormals, GeneratedRole } from '@cmcgan/model';
import { seededNormal } from '@cmcgan/random';

export interface LatentSource {
  readonly seed: number;
  /** Tells several draws for one pair apart. */
  readonly draw?: number;
}

/**
 * The latents of pairs, for `drawLatents`. A pair's latent follows from seed, pair, pass and draw alone: neither the batch it is in nor the
 * order matters.
 */
export function latentsOfPairs(ids: readonly string[], { seed, draw = 0 }: LatentSource): DrawNormals<GeneratedRole> {
  return (role, count) => {
    const size = count / ids.length;
    const values = new Float32Array(count); // [B, Z]
    ids.forEach((id, i) => values.set(seededNormal(seed, `${role} ${draw} ${id}`, size, 1), i * size));
    return values;
  };
}
