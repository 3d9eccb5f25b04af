import { createChenGan, createCmcgan } from '@cmcgan/model';
import type { ChenGan, Cmcgan } from '@cmcgan/model';
import { parseOptions } from '@cmcgan/options';
import { createRandom } from '@cmcgan/random';
import { createAdam, createMomentum, type Optimizer } from '@cmcgan/tfjs-kernels';
import { learningRateFactor, type StepPosition } from './learning-rate-factor';
import { optimizerOptionsSchema, type OptimizerOptions } from './optimizer-options';
import { optimizerResumable, randomResumable, type Resumable } from './resumable';
import type { StepLosses } from './step/step-losses';
import type { TrainingOptions } from './training-options';
import type { TensorBatch } from './training-batches';
import { createTrainingStep } from './step/training-step';
import { createWeightAverage } from './weight-average';

export interface TrainerOptions extends Pick<TrainingOptions, 'seed' | 'step' | 'optimizers' | 'schedule' | 'averageDecay'> {
  /** What is trained; it stays the caller's. */
  readonly model: Cmcgan | ChenGan;
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

function createOptimizers(model: Cmcgan | ChenGan, options: OptimizerOptions = {}) {
  const { generator, discriminator } = parseOptions('createTrainer', optimizerOptionsSchema, options);
  const { kind, learningRate, momentum } = discriminator;
  const judging = { variables: model.discriminatorVariables, learningRate };
  const discriminatorOptimizer: Optimizer =
    kind === 'adam' ? createAdam({ ...judging, beta1: momentum }) : createMomentum({ ...judging, momentum });
  return { discriminatorOptimizer, generatorOptimizer: createAdam({ variables: model.generatorVariables, ...generator }) };
}

/** A model of the same configuration; its weights are about to be overwritten. */
function copyOf(model: Cmcgan | ChenGan): Cmcgan | ChenGan {
  return model.architecture === 'chen' ? createChenGan({ ...model.config, seed: 0 }) : createCmcgan({ ...model.config, seed: 0 });
}
