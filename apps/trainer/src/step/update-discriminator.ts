import { discriminatorLoss } from '@cmcgan/losses';
import type { DiscriminatorLoss } from '@cmcgan/losses';
import { dispose, keep } from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { GeneratorPass } from './generator-pass';
import { createGradientTape } from './gradient-tape';
import { judgeFakes, realFeatures } from './judge-pairs';
import { selectRows } from './select-rows';
import type { StepContext } from './step-context';
import { sumGradients } from './sum-gradients';

/**
 * The discriminator's update (paper: Algorithm 1, Eq. 1): gradients averaged over the micro-batches' passes, one optimiser step.
 * Wrong pairs pick the features of a real sample that is in the batch anyway. The caller owns the losses, one per pass.
 */
export function updateDiscriminator(context: StepContext, passes: readonly GeneratorPass[]): DiscriminatorLoss[] {
  const { model, discriminatorOptimizer } = context;
  let gradients: Tensor[] | undefined;
  const losses = passes.map((pass) => {
    const tape = createGradientTape();
    const loss = tape.record(() => lossOf(context, pass));
    const own = tape.gradients(loss.total, model.discriminatorVariables, 1 / passes.length);
    gradients = sumGradients(gradients, own);
    return { total: keep(loss.total), wrong: keep(loss.wrong), fake: keep(loss.fake) };
  });
  discriminatorOptimizer.step(gradients!);
  dispose(gradients!);
  return losses;
}

function lossOf(
  { model, options, statistics }: StepContext,
  { batch, generated }: GeneratorPass,
): DiscriminatorLoss & Record<string, Tensor> {
  const { discriminator } = model;
  const real = realFeatures(model, batch, statistics.collect);
  const loss = discriminatorLoss({
    real: discriminator.logits(real.images, real.sounds),
    wrongSound: discriminator.logits(real.images, selectRows(real.sounds, batch.wrongSounds)),
    wrongImage: discriminator.logits(selectRows(real.images, batch.wrongImages), real.sounds),
    ...judgeFakes(model, real, { generated, roles: options.fakes }, statistics.collect),
  });
  return { ...loss };
}
