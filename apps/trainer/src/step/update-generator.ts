import { consistencyLoss, generatorAdversarialLoss } from '@cmcgan/losses';
import { modalityOf } from '@cmcgan/model';
import type { Generated } from '@cmcgan/model';
import { add, dispose, keep, mul } from '@tensorflow/tfjs-core';
import type { Scalar, Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import { disposePass, recordedPass } from './generator-pass';
import type { GeneratorPass } from './generator-pass';
import { judgeFakes } from './judge-pairs';
import type { RealFeatures } from './judge-pairs';
import type { StepContext } from './step-context';
import { sumGradients } from './sum-gradients';
import type { TensorBatch } from './tensor-batch';

/** Scalars, all minimised: total = adversarial + λ · consistency. */
export interface GeneratorLoss {
  total: Scalar;
  adversarial: Scalar;
  consistency: Scalar;
}

/**
 * One update of the generator (paper: Algorithm 1, Eq. 2 and 3) against the discriminator as it is now: gradients averaged over the passes,
 * one optimiser step. Uses the passes up. The caller owns the losses, one per pass.
 *
 * @param real the discriminator's features of the real samples, one per pass
 */
export function updateGenerator(
  context: StepContext,
  passes: readonly GeneratorPass[],
  real: readonly RealFeatures[],
): GeneratorLoss[] {
  const { model, generatorOptimizer } = context;
  let gradients: Tensor[] | undefined;
  // From the last pass to the first: the last is the one whose recording was held, and goes before another is made.
  const losses = [...passes.keys()].reverse().map((index) => {
    const { tape, generated } = recordedPass(model, passes[index]);
    const loss = tape.record(() => lossOf(context, { batch: passes[index].batch, generated, real: real[index] }));
    const own = tape.gradients(loss.total, model.generatorVariables, 1 / passes.length);
    gradients = sumGradients(gradients, own);
    disposePass(passes[index]);
    return { total: keep(loss.total), adversarial: keep(loss.adversarial), consistency: keep(loss.consistency) };
  });
  generatorOptimizer.step(gradients!);
  dispose(gradients!);
  return losses;
}

interface Judged {
  batch: TensorBatch;
  generated: Generated;
  real: RealFeatures;
}

function lossOf({ model, options }: StepContext, { batch, generated, real }: Judged): GeneratorLoss & Record<string, Tensor> {
  const adversarial = generatorAdversarialLoss(judgeFakes(model, real, { generated, roles: options.fakes }));
  const consistency = consistencyLoss(
    options.supervised.map((role) => ({
      generated: generated[role] as Tensor4D,
      real: modalityOf(role) === 'V' ? batch.images : batch.sounds,
    })),
  );
  return { total: add<Scalar>(adversarial, mul(options.lambda, consistency)), adversarial, consistency };
}
