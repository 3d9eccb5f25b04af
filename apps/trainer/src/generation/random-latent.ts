import { tensor4d, type Tensor4D } from '@tensorflow/tfjs-core';
import { createRandom } from '@cmcgan/sub-urmp';

/** A latent z [count, 1, 1, size] from N(0, 1), fixed by the seed and the label alone. */
export function randomLatent(count: number, { size, seed, label }: { size: number; seed: number; label: string }): Tensor4D {
  const random = createRandom(seed).fork(`latent ${label}`);
  const values = Float32Array.from({ length: count * size }, () => random.normal());
  return tensor4d(values, [count, 1, 1, size]);
}
