import type { DiscriminatorLoss } from '@cmcgan/losses';
import { dispose, stack } from '@tensorflow/tfjs-core';
import type { GeneratorLoss } from './update-generator';

/** Losses as minimised (non-negative), means over the micro-batches; the generator's are of its last inner update. */
export interface StepLosses {
  /** total = wrong + fake (Eq. 1, negated). */
  discriminator: { total: number; wrong: number; fake: number };
  /** total = adversarial (Eq. 2, negated) + λ · consistency (Eq. 3). */
  generator: { total: number; adversarial: number; consistency: number };
}

/** Reads all losses of a step at once, so that a backend with a queue is waited for once, and disposes of them. */
export async function readLosses(discriminator: DiscriminatorLoss[], generator: GeneratorLoss[]): Promise<StepLosses> {
  const scalars = [
    ...discriminator.flatMap(({ total, wrong, fake }) => [total, wrong, fake]),
    ...generator.flatMap(({ total, adversarial, consistency }) => [total, adversarial, consistency]),
  ];
  const together = stack(scalars);
  dispose(scalars);
  const values = await together.data<'float32'>();
  together.dispose();
  const meanOf = (start: number, count: number) => {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += values[start + 3 * i];
    return sum / count;
  };
  const [judged, made] = [discriminator.length, generator.length];
  const [total, wrong, fake] = [0, 1, 2].map((part) => meanOf(part, judged));
  const [generatorTotal, adversarial, consistency] = [0, 1, 2].map((part) => meanOf(3 * judged + part, made));
  return { discriminator: { total, wrong, fake }, generator: { total: generatorTotal, adversarial, consistency } };
}
