import type { ChenGan, Cmcgan } from '@cmcgan/model';
import { parseOptions } from '@cmcgan/options';
import { createRandom } from '@cmcgan/random';
import { createAdam, createMomentum, type Optimizer } from '@cmcgan/tfjs-kernels';
import type { Variable } from '@tensorflow/tfjs-core';
import type { Communicator, Share } from './communicator';
import { learningRateFactor, type StepPosition } from './learning-rate-factor';
import { optimizerOptionsSchema, type OptimizerOptions } from './optimizer-options';
import { optimizerResumable, randomResumable, type Resumable } from './resumable';
import type { StepLosses } from './step/step-losses';
import type { TrainingOptions } from './training-options';
import type { TensorBatch } from './training-batches';
import { trainableVariables } from './trainable-variables';
import { createTrainingStep } from './step/training-step';
import { createWeightAverage } from './weight-average';

export interface TrainerOptions extends Pick<TrainingOptions, 'seed' | 'step' | 'optimizers' | 'schedule' | 'averageDecay'> {
  /** The model to train, which the caller owns. */
  readonly model: Cmcgan | ChenGan;
  /** The processes that train together. Left out: this one alone. */
  readonly communicator?: Pick<Communicator, 'rank' | 'size' | 'allReduce'>;
}

/** A model in training, with its optimisers and weight average, and the step that changes them. */
export interface Trainer {
  /** The model to generate with: the weight average if there is one, else the trained model. */
  readonly model: Cmcgan | ChenGan;
  /** Takes one step over the micro-batches of an update, or this rank's share of them, with the learning rates for `position`. */
  step(batches: readonly TensorBatch[], position: StepPosition, share?: Share): Promise<StepLosses>;
  /** The learning rates of the last step. */
  learningRates(): { readonly generator: number; readonly discriminator: number };
  /** All state that the next step depends on, besides the tensors of `model` and the batches. */
  readonly resumables: readonly Resumable[];
  /** Restarts the average from the current weights. */
  restartAverage(): void;
  /** Copies the averaged weights to the trained model, if there is an average. Training cannot be continued afterwards. */
  takeAverage(): void;
  /** Disposes of the recorded step, the optimisers and the average, but not of the given model. */
  dispose(): void;
}

/** Creates a trainer: a {@link createTrainingStep} with optimisers, a learning-rate schedule and an optional weight average. */
export function createTrainer({
  model,
  seed,
  step: stepOptions,
  schedule = {},
  communicator,
  ...options
}: TrainerOptions): Trainer {
  const { generatorOptimizer, discriminatorOptimizer } = createOptimizers(model, options.optimizers);
  const rates = { generator: generatorOptimizer.learningRate, discriminator: discriminatorOptimizer.learningRate };
  const average = options.averageDecay == null ? null : createWeightAverage(model, options.averageDecay);
  const latentRandom = createRandom(seed).fork('latents');
  const trainingStep = createTrainingStep({
    model,
    generatorOptimizer,
    discriminatorOptimizer,
    options: stepOptions,
    communicator,
  });
  return {
    model: average?.model ?? model,
    async step(batches, position, share) {
      const factor = learningRateFactor(schedule, position);
      discriminatorOptimizer.learningRate = factor * rates.discriminator;
      generatorOptimizer.learningRate = factor * rates.generator;
      const losses = await trainingStep.run(batches, latentRandom, share);
      average?.update();
      return losses;
    },
    learningRates: () => ({
      generator: generatorOptimizer.learningRate,
      discriminator: discriminatorOptimizer.learningRate,
    }),
    resumables: [
      optimizerResumable('generator-optimizer', generatorOptimizer),
      optimizerResumable('discriminator-optimizer', discriminatorOptimizer),
      randomResumable('latents', latentRandom),
      ...(average === null ? [] : [average.resumable]),
    ],
    restartAverage: () => average?.restart(),
    takeAverage: () => average?.give(),
    dispose() {
      trainingStep.dispose();
      discriminatorOptimizer.dispose();
      generatorOptimizer.dispose();
      average?.dispose();
    },
  };
}

function createOptimizers(model: Cmcgan | ChenGan, options: OptimizerOptions = {}) {
  const { generator, discriminator } = parseOptions('createTrainer', optimizerOptionsSchema, options);
  const { kind, learningRate, momentum } = discriminator;
  const { encoders, ...adam } = generator;
  const judging = { variables: model.discriminatorVariables, learningRate };
  const discriminatorOptimizer: Optimizer =
    kind === 'adam' ? createAdam({ ...judging, beta1: momentum }) : createMomentum({ ...judging, momentum });
  const variables = encoders === 'frozen' ? withoutEncoders(model) : model.generatorVariables;
  return { discriminatorOptimizer, generatorOptimizer: createAdam({ variables, ...adam }) };
}

/** The generator's variables except those of the encoders. */
function withoutEncoders(model: Cmcgan | ChenGan): Variable[] {
  if (model.architecture !== 'cmcgan') throw new Error("createTrainer: encoders must be 'learn' for a baseline, got 'frozen'");
  return trainableVariables(model, 'decoder');
}
