import { dispose, keep, tidy } from '@tensorflow/tfjs-core';
import type { Optimizer, PausingStep } from '@cmcgan/tfjs-kernels';
import { parseOptions } from '@cmcgan/options';
import { createStatisticsCollector, intermediateOf } from '@cmcgan/model';
import type { ChenGan, Cmcgan, Generated, TrainableModel } from '@cmcgan/model';
import { adversaryOf } from './adversaries/adversary-of';
import type { RealFeatures } from './adversaries/adversary';
import { ALONE, type Communicator, type Share } from '../communicator';
import { sumAlone, sumOverRanks } from './exchange';
import { runGenerator } from './generator-pass';
import type { GeneratorPass, PathOptions } from './generator-pass';
import { createPlainStep, createReplayedStep } from './replayed-step';
import { drawInputs } from './step-inputs';
import type { RandomSource, StepBatch, StepInputs } from './step-inputs';
import { joinLosses, readLosses } from './step-losses';
import type { JoinedLosses, StepLosses } from './step-losses';
import { stepOptionsSchema } from './step-options';
import type { TrainingStepOptions } from './step-options';
import { trainableVariables } from '../trainable-variables';
import { assertBatches } from '../training-batches';
import type { TensorBatch } from '../training-batches';
import { DISCRIMINATOR_AUGMENTATIONS } from './transforms/discriminator-augmentations';
import { updateDiscriminator, updateGenerator } from './update-networks';
import type { ResolvedStepOptions, StepContext } from './step-context';

export interface TrainingStepSetup {
  /** CMCGAN or a baseline, which determines the adversarial loss. */
  model: Cmcgan | ChenGan;
  /** Over `model.discriminatorVariables`. */
  discriminatorOptimizer: Optimizer;
  /** Over `model.generatorVariables`, or those of them that are to learn. */
  generatorOptimizer: Optimizer;
  options?: TrainingStepOptions;
  /** The processes that train together, each of which runs every step with its own micro-batches. Left out: this one alone. */
  communicator?: Pick<Communicator, 'rank' | 'size' | 'allReduce'>;
}

export interface TrainingStep {
  /**
   * One step of Algorithm 1 over the batch made up of the micro-batches: the discriminator's update, then K generator updates.
   * Gradients are averaged over the micro-batches; batch statistics are per micro-batch. Resolves to the step's losses.
   *
   * @param share with a communicator, which of the step's micro-batches these are; by default, every rank has as many, in the ranks' order
   * @throws if `random` lacks what the options need, if there is no batch, or an index of a wrong sample does not point to another sample of its batch,
   * or with `classification`, a pair has none of the discriminator's classes
   */
  run(batches: readonly TensorBatch[], random: RandomSource, share?: Share): Promise<StepLosses>;
  /** Frees the memory of the recorded step; another run records anew. */
  dispose(): void;
}

/**
 * Creates the training step of Algorithm 1 (paper: section 4), which computes shared work once: each encoding of a real sample serves two
 * paths, the first generator pass also produces the discriminator's fakes, and the discriminator's features of real samples serve every
 * pair. The result is that of the plain step, which recomputes them. Where the backend can record, the second run with batches of the same
 * shapes is recorded, and further ones replay it.
 */
export function createTrainingStep({ options, communicator = ALONE, ...setup }: TrainingStepSetup): TrainingStep {
  const resolved = resolveStepOptions(setup.model, options);
  const adversary = adversaryOf(setup.model);
  for (const name of ['gradientPenalty', 'contrastive'] as const) {
    if (resolved[name] > 0 && !adversary.judgesPairs) {
      throw new Error(`createTrainingStep: ${name} must be 0 unless the discriminator is the joint one, got ${resolved[name]}`);
    }
  }
  if (resolved.classification > 0 && adversary.classes === 0) {
    throw new Error(
      `createTrainingStep: classification must be 0 unless the discriminator has classes, got ${resolved.classification}`,
    );
  }
  const classes = resolved.classification > 0 ? adversary.classes : 0;
  const paths = pathOptions(setup, resolved);
  const { rank, size } = communicator;
  let microBatches = 0;
  const compute = (inputs: StepInputs) => {
    const statistics = createStatisticsCollector();
    return computeStep(
      {
        ...setup,
        sumOverRanks: size > 1 ? sumOverRanks : sumAlone,
        adversary,
        options: resolved,
        paths,
        statistics,
        microBatches,
      },
      inputs,
    );
  };
  const onPause = size > 1 ? (values: Float32Array) => communicator.allReduce(values, 'sum', { order: 'rank' }) : undefined;
  const step = (resolved.replay === 'auto' ? createReplayedStep : createPlainStep)({ compute, onPause });
  return {
    async run(batches, random, share = { first: rank * batches.length, of: size * batches.length }) {
      assertBatches(batches, classes);
      microBatches = share.of;
      const { generatorUpdates: updates, fakes, discriminatorAugmentation, gradientPenalty } = resolved;
      const bounds = DISCRIMINATOR_AUGMENTATIONS[discriminatorAugmentation];
      const { own, ...inputs } = drawInputs(setup.model, batches, {
        ...{ ...share, updates, fakes, bounds, random },
        penalised: gradientPenalty > 0,
        classes,
      });
      try {
        return await step.run(inputs, readLosses);
      } finally {
        dispose(own);
      }
    },
    dispose: () => step.dispose(),
  };
}

/**
 * Encoders of which nothing learns normalise real samples by their moving averages, so that a code is the same in every batch, and when they generate. Generated
 * samples are normalised by the batch all the same: while they are not yet like real ones, averages of others would not fit them.
 */
function pathOptions(
  { model, generatorOptimizer: { variables } }: Pick<TrainingStepSetup, 'model' | 'generatorOptimizer'>,
  { cycle }: ResolvedStepOptions,
): PathOptions {
  const encoding = model.architecture === 'cmcgan' ? trainableVariables(model, 'encoder') : [];
  const frozen = encoding.length > 0 && !encoding.some((variable) => variables.includes(variable));
  return { cycle, realStatistics: frozen ? 'moving' : 'batch' };
}

/** Updates the networks; the caller owns the losses. */
function* computeStep(context: StepContext, { batches, latents }: StepInputs): PausingStep<JoinedLosses> {
  const passes = generate(context, batches, latents[0]);
  const discriminatorLosses = yield* updateDiscriminator(context, passes);
  const real = batches.map((batch) => heldRealFeatures(context, batch));
  let generatorLosses = yield* updateGenerator(context, passes, real);
  for (const next of latents.slice(1)) {
    dispose(generatorLosses.sums);
    generatorLosses = yield* updateGenerator(context, generate(context, batches, next), real);
  }
  dispose(real.map((features) => ({ ...features })));
  context.statistics.apply();
  return joinLosses(discriminatorLosses, generatorLosses, context.microBatches);
}

/**
 * Runs a pass over each micro-batch. Only the first one is recorded, since a recording holds all activations; the others keep their fakes
 * and are run again when their gradients are needed.
 */
function generate(
  { model, options, paths, statistics }: StepContext,
  batches: readonly StepBatch[],
  latents: readonly Generated[],
): GeneratorPass[] {
  return batches.map((batch, index) => {
    const recorded = index === 0;
    const common = { model, batch, latents: latents[index], wanted: options.fakes, paths };
    return runGenerator({ ...common, recorded, onStatistics: statistics.collect });
  });
}

/** The updated discriminator's results on real samples that the generator's loss needs, the same for all K generator updates. */
function heldRealFeatures({ adversary }: StepContext, batch: StepBatch): RealFeatures {
  const features = tidy(() => ({ ...adversary.realFeatures(batch) }));
  for (const tensor of Object.values(features)) keep(tensor);
  return features;
}

/**
 * The options with their defaults, and the samples that they select.
 *
 * @throws if an option is unknown or out of range
 */
export function resolveStepOptions(
  { paths, roles, latentSize }: Pick<TrainableModel, 'paths' | 'roles' | 'latentSize'>,
  options: TrainingStepOptions = {},
): ResolvedStepOptions {
  const { fakes, consistency, ...others } = parseOptions('createTrainingStep', stepOptionsSchema, options);
  if (others.cycle === 'cut' && consistency !== 'all') {
    throw new Error(`createTrainingStep: cycle must be 'whole' unless consistency is 'all', got '${others.cycle}'`);
  }
  if (others.modeSeeking > 0 && latentSize === 0) {
    throw new Error(`createTrainingStep: modeSeeking must be 0 for a model without a latent, got ${others.modeSeeking}`);
  }
  return {
    ...others,
    fakes: { ends: paths, intermediates: [...new Set(paths.map(intermediateOf))], both: roles }[fakes],
    supervised: { ends: paths, all: roles }[consistency],
  };
}
