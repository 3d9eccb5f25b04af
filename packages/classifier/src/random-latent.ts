import { seededNormal } from '@cmcgan/model';
import { tensor4d } from '@tensorflow/tfjs-core';
import type { Tensor4D } from '@tensorflow/tfjs-core';

/** A latent z [count, 1, 1, size] from N(0, 1), fixed by the seed. Row i does not depend on the count. The caller owns it. */
export function randomLatent({ count, size, seed }: { count: number; size: number; seed: number }): Tensor4D {
  return tensor4d(seededNormal(seed, 'latent', count * size, 1), [count, 1, 1, size]);
}
