import { createChenGan, createCmcgan } from '@cmcgan/model';
import type { ChenGan, Cmcgan } from '@cmcgan/model';
import { createRandom } from '@cmcgan/random';
import { createAdam, createMomentum, type Optimizer } from '@cmcgan/tfjs-kernels';
import { learningRateFactor, type LearningRateOptions, type StepPosition } from './learning-rate-factor';
import type { Resumable } from './resumable';
import { optimizerResumable, randomResumable } from './resumables';
import type { StepLosses } from './step/step-losses';
import type { TrainingStepOptions } from './step/step-options';
import type { TensorBatch } from './step/tensor-batch';
import { createTrainingStep } from './step/training-step';
import { createWeightAverage } from './weight-average';

/** The optimisers of both networks; the paper's values by default. */
export interface OptimizerOptions {
  /** Adam. Defaults: 0.001, 0.9, 0.999. */
  readonly generator?: { readonly learningRate?: number; readonly beta1?: number; readonly beta2?: number };
  /** SGD with momentum, or Adam, whose β1 `momentum` is then. Defaults: 'momentum', 0.001, 0.9. */
  readonly discriminator?: {
    readonly kind?: 'momentum' | 'adam';
    readonly learningRate?: number;
    readonly momentum?: number;
  };
}

export interface TrainerOptions {
  /** What is trained; it stays the caller's. */
  readonly model: Cmcgan | ChenGan;
  /** Of the latents. */
  readonly seed: number;
  readonly step?: TrainingStepOptions;
  readonly optimizers?: OptimizerOptions;
  /** How both learning rates change over the planned steps. Default: they don't. */
  readonly schedule?: LearningRateOptions;
  /** Decay, in [0, 1), of an average of the generator's weights, which then generates (EMA). null, the default: no average. */
  readonly averageDecay?: number | null;
}

/** A model with all that changes beside it while it is trained, and the step that changes them. */
export interface Trainer {
  /** What generates: the average of the weights where there is one, else the trained model. */
  readonly model: Cmcgan | ChenGan;
  /** One step over the micro-batches of an update, at the learning rates that are due at `position`. */
  step(batches: readonly TensorBatch[], position: StepPosition): Promise<StepLosses>;
  /** Those of the newest step. */
  learningRates(): { readonly generator: number; readonly discriminator: number };
  /** All that the next step depends on, beside the tensors of `model` and the batches. */
  readonly resumables: readonly Resumable[];
  /** Starts the average again from the weights as they are. */
  restartAverage(): void;
  /** Gives the trained model the averaged weights, where there is an average. Training cannot be continued after that. */
  takeAverage(): void;
  /** Disposes of the optimisers and of the average, not of the model that was given. */
  dispose(): void;
}

/** Puts together what {@link createTrainingStep} needs, with schedules and averages. */
export function createTrainer({ model, seed, step: stepOptions, schedule = {}, ...options }: TrainerOptions): Trainer {
  const { generatorOptimizer, discriminatorOptimizer } = createOptimizers(model, options.optimizers);
  const rates = { generator: generatorOptimizer.learningRate, discriminator: discriminatorOptimizer.learningRate };
  const average = options.averageDecay == null ? null : createWeightAverage(model, copyOf(model), options.averageDecay);
  const latentRandom = createRandom(seed).fork('latents');
  const trainingStep = createTrainingStep({ model, generatorOptimizer, discriminatorOptimizer, options: stepOptions });
  return {
    model: average?.model ?? model,
    async step(batches, position) {
      const factor = learningRateFactor(schedule, position);
      discriminatorOptimizer.learningRate = factor * rates.discriminator;
      generatorOptimizer.learningRate = factor * rates.generator;
      const losses = await trainingStep.run(batches, latentRandom);
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
      discriminatorOptimizer.dispose();
      generatorOptimizer.dispose();
      average?.dispose();
    },
  };
}

function createOptimizers(model: Cmcgan | ChenGan, { generator = {}, discriminator = {} }: OptimizerOptions = {}) {
  const { kind = 'momentum', learningRate = 0.001, momentum = 0.9 } = discriminator;
  const judging = { variables: model.discriminatorVariables, learningRate };
  const discriminatorOptimizer: Optimizer =
    kind === 'adam' ? createAdam({ ...judging, beta1: momentum }) : createMomentum({ ...judging, momentum });
  const { learningRate: generatorRate = 0.001, beta1 = 0.9, beta2 = 0.999 } = generator;
  const variables = model.generatorVariables;
  return { discriminatorOptimizer, generatorOptimizer: createAdam({ variables, learningRate: generatorRate, beta1, beta2 }) };
}

/** A model of the same configuration; its weights are about to be overwritten. */
function copyOf(model: Cmcgan | ChenGan): Cmcgan | ChenGan {
  return model.architecture === 'chen' ? createChenGan({ ...model.config, seed: 0 }) : createCmcgan({ ...model.config, seed: 0 });
}
