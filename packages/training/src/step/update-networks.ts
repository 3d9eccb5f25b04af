import { consistencyLoss } from '@cmcgan/losses';
import { modalityOf } from '@cmcgan/model';
import type { GeneratedRole, StatisticsCollector, TrainableModel } from '@cmcgan/model';
import type { Optimizer } from '@cmcgan/tfjs-kernels';
import { add, addN, dispose, div, minimum, mul, sqrt, square, sum, tidy } from '@tensorflow/tfjs-core';
import type { Scalar, Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import type { output } from 'zod/mini';
import type { Adversary, Judged, RealFeatures } from './adversaries/adversary';
import { disposePass, recordedPass } from './generator-pass';
import type { GeneratorPass } from './generator-pass';
import { createGradientTape } from './gradient-tape';
import { keepLosses } from './step-losses';
import type { LossParts } from './step-losses';
import type { stepOptionsSchema } from './step-options';

/** The options of a step with their defaults, and the samples that they name. */
export interface ResolvedStepOptions extends Omit<output<typeof stepOptionsSchema>, 'fakes' | 'consistency'> {
  /** Generated samples that the discriminator judges. */
  fakes: readonly GeneratedRole[];
  /** Generated samples that the consistency loss supervises. */
  supervised: readonly GeneratedRole[];
}

/** What every phase of a training step works with. */
export interface StepContext {
  model: TrainableModel;
  discriminatorOptimizer: Optimizer;
  generatorOptimizer: Optimizer;
  adversary: Adversary;
  options: ResolvedStepOptions;
  /** Gathers batch statistics over the step. */
  statistics: StatisticsCollector;
}

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

/**
 * One update of the generator (paper: Algorithm 1, Eq. 2 and 3) against the discriminator as it is now: gradients averaged over the passes,
 * one optimiser step. Uses the passes up. The caller owns the losses, one per pass: total = adversarial + λ · consistency,
 * or a total alone where nothing is supervised.
 *
 * @param real what the adversary's `realFeatures` gave, one per pass
 */
export function updateGenerator(
  context: StepContext,
  passes: readonly GeneratorPass[],
  real: readonly RealFeatures[],
): LossParts[] {
  const { model, options, generatorOptimizer } = context;
  let gradients: Tensor[] | undefined;
  // From the last pass to the first: the last is the one whose recording was held, and goes before another is made.
  const losses = [...passes.keys()].reverse().map((index) => {
    const { tape, generated } = recordedPass(model, passes[index]);
    const judged = { batch: passes[index].batch, generated, fakes: options.fakes };
    const loss = tape.record(() => lossOf(context, judged, real[index]));
    const own = tape.gradients(loss.total, model.generatorVariables, 1 / passes.length);
    gradients = sumGradients(gradients, own);
    disposePass(passes[index]);
    return keepLosses(loss);
  });
  applyGradients(generatorOptimizer, gradients!, options.gradientClip);
  return losses;
}

function lossOf({ adversary, options }: StepContext, judged: Judged, real: RealFeatures): LossParts {
  const { batch, generated } = judged;
  const adversarial = adversary.generatorLoss(judged, real);
  if (options.supervised.length === 0) return { total: adversarial };
  const consistency = consistencyLoss(
    options.supervised.map((role) => ({
      generated: generated[role] as Tensor4D,
      real: modalityOf(role) === 'V' ? batch.images : batch.sounds,
    })),
  );
  return { total: add(adversarial, mul(options.lambda, consistency)), adversarial, consistency };
}

/** Keeps the division finite where all gradients are zero, as in PyTorch. */
const EPSILON = 1e-6;

/**
 * One step of the optimiser; disposes of the gradients.
 *
 * @param maxNorm what the norm over all gradients of the network is clipped to; null: they are taken as they are
 */
export function applyGradients(optimizer: Optimizer, gradients: Tensor[], maxNorm: number | null): void {
  const applied = maxNorm === null ? gradients : clipByNorm(gradients, maxNorm);
  optimizer.step(applied);
  dispose(applied);
  if (applied !== gradients) dispose(gradients);
}

/** g · min(1, maxNorm / (norm + 1e-6)), norm² being the sum of all squares of all gradients. The caller owns the results. */
export function clipByNorm(gradients: readonly Tensor[], maxNorm: number): Tensor[] {
  return tidy(() => {
    const norm: Scalar = sqrt(addN(gradients.map((gradient) => sum<Scalar>(square(gradient)))));
    const factor = minimum(1, div(maxNorm, add(norm, EPSILON)));
    return gradients.map((gradient) => mul(gradient, factor));
  });
}

/** The sums of two lists of gradients, tensor by tensor; disposes both lists. Without a first list the second one itself. */
export function sumGradients(sum: Tensor[] | undefined, gradients: Tensor[]): Tensor[] {
  if (sum === undefined) return gradients;
  const added = gradients.map((gradient, i) => add(sum[i], gradient));
  dispose([...sum, ...gradients]);
  return added;
}
