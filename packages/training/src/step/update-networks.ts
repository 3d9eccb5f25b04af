import type { Optimizer, PausingStep } from '@cmcgan/tfjs-kernels';
import { add, addN, dispose, div, minimum, mul, sqrt, square, sum, tidy } from '@tensorflow/tfjs-core';
import type { Scalar, Tensor, Tensor1D } from '@tensorflow/tfjs-core';
import type { RealFeatures } from './adversaries/adversary';
import { disposePass, recordedPass } from './generator-pass';
import type { GeneratorPass } from './generator-pass';
import { generatorLoss } from './generator-loss';
import { createGradientTape } from './gradient-tape';
import { addLosses } from './step-losses';
import type { SummedLosses } from './step-losses';
import type { StepContext } from './step-context';

/**
 * Updates the discriminator (paper: Algorithm 1): averages the gradients over the micro-batches' passes, those of other ranks included, and
 * takes one optimiser step. The caller owns the losses.
 */
export function* updateDiscriminator(context: StepContext, passes: readonly GeneratorPass[]): PausingStep<SummedLosses> {
  const { discriminatorOptimizer, adversary, options, statistics, microBatches } = context;
  let [losses, gradients]: [SummedLosses?, Tensor[]?] = [];
  for (const { batch, generated } of passes) {
    const tape = createGradientTape();
    const judged = { ...options, batch, generated, transforms: batch.transforms?.discriminator };
    const loss = tape.record(() => adversary.discriminatorLoss(judged, statistics.collect));
    gradients = sumGradients(gradients, tape.gradients(loss.total, discriminatorOptimizer.variables, 1 / microBatches));
    losses = addLosses(losses, loss);
  }
  return yield* update(context, discriminatorOptimizer, {
    gradients: gradients!,
    losses: losses!,
    passes: passes.length,
  });
}

/**
 * Updates the generator (paper: Algorithm 1, Eq. 2 and 3) against the current discriminator: averages the gradients over the passes, those
 * of other ranks included, and takes one optimiser step. Consumes the passes. The caller owns the losses: those of {@link generatorLoss}.
 *
 * @param real the results of the adversary's `realFeatures`, one per pass
 */
export function* updateGenerator(
  context: StepContext,
  passes: readonly GeneratorPass[],
  real: readonly RealFeatures[],
): PausingStep<SummedLosses> {
  const { model, generatorOptimizer, options, microBatches } = context;
  let [losses, gradients]: [SummedLosses?, Tensor[]?] = [];
  // The first pass's recording is still held, and is freed before another is made.
  for (const [index, pass] of passes.entries()) {
    const { tape, generated } = recordedPass(model, pass);
    const judged = { batch: pass.batch, generated, fakes: options.fakes, transforms: pass.batch.transforms?.generator };
    const inputs = { ...judged, latents: pass.latents, real: real[index] };
    const loss = tape.record(() => generatorLoss(context, inputs));
    gradients = sumGradients(gradients, tape.gradients(loss.total, generatorOptimizer.variables, 1 / microBatches));
    disposePass(pass);
    losses = addLosses(losses, loss);
  }
  return yield* update(context, generatorOptimizer, { gradients: gradients!, losses: losses!, passes: passes.length });
}

/** Sums gradients, losses and the statistics collected so far over all ranks, and takes one step of the optimiser. Owns what it is given. */
function* update(
  { statistics, microBatches, sumOverRanks, options }: StepContext,
  optimizer: Optimizer,
  { gradients, losses, passes }: { gradients: Tensor[]; losses: SummedLosses; passes: number },
): PausingStep<SummedLosses> {
  const sums = yield* sumOverRanks([...gradients, losses.sums, ...statistics.takeSums()]);
  const count = gradients.length;
  statistics.addSums(sums.slice(count + 1), microBatches / passes);
  applyGradients(optimizer, sums.slice(0, count), options.gradientClip);
  return { names: losses.names, sums: sums[count] as Tensor1D };
}

/** Keeps the division finite if all gradients are zero, as in PyTorch. */
const EPSILON = 1e-6;

/**
 * Takes one step of the optimiser, and disposes of the gradients.
 *
 * @param maxNorm largest norm over all gradients of the network, to which they are clipped; null: no clipping
 */
export function applyGradients(optimizer: Optimizer, gradients: Tensor[], maxNorm: number | null): void {
  const applied = maxNorm === null ? gradients : clipByNorm(gradients, maxNorm);
  optimizer.step(applied);
  dispose(applied);
  if (applied !== gradients) dispose(gradients);
}

/** Clips gradients: g · min(1, maxNorm / (norm + 1e-6)), where norm² is the sum of all squares. The caller owns the results. */
export function clipByNorm(gradients: readonly Tensor[], maxNorm: number): Tensor[] {
  return tidy(() => {
    const norm: Scalar = sqrt(addN(gradients.map((gradient) => sum<Scalar>(square(gradient)))));
    const factor = minimum(1, div(maxNorm, add(norm, EPSILON)));
    return gradients.map((gradient) => mul(gradient, factor));
  });
}

/** Sums two lists of gradients tensor by tensor and disposes of both; without a first list, returns the second one. */
export function sumGradients(sum: Tensor[] | undefined, gradients: Tensor[]): Tensor[] {
  if (sum === undefined) return gradients;
  const added = gradients.map((gradient, i) => add(sum[i], gradient));
  dispose([...sum, ...gradients]);
  return added;
}
