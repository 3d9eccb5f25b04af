import type { Tensor } from '@tensorflow/tfjs-core';
import { applyGradients } from './apply-gradients';
import type { GeneratorPass } from './generator-pass';
import { createGradientTape } from './gradient-tape';
import type { StepContext } from './step-context';
import { keepLosses } from './step-losses';
import type { LossParts } from './step-losses';
import { sumGradients } from './sum-gradients';

/**
 * The discriminator's update (paper: Algorithm 1): gradients averaged over the micro-batches' passes, one optimiser step. The caller owns
 * the losses, one per pass.
 */
export function updateDiscriminator(context: StepContext, passes: readonly GeneratorPass[]): LossParts[] {
  const { model, adversary, options, statistics, discriminatorOptimizer } = context;
  let gradients: Tensor[] | undefined;
  const losses = passes.map(({ batch, generated }) => {
    const tape = createGradientTape();
    const judged = { batch, generated, fakes: options.fakes };
    const loss = tape.record(() => adversary.discriminatorLoss(judged, statistics.collect));
    const own = tape.gradients(loss.total, model.discriminatorVariables, 1 / passes.length);
    gradients = sumGradients(gradients, own);
    return keepLosses(loss);
  });
  applyGradients(discriminatorOptimizer, gradients!, options.gradientClip);
  return losses;
}
