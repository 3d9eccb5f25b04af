import type { ChenGan, Cmcgan } from '@cmcgan/model';
import { createRandom } from '@cmcgan/sub-urmp';
import { createAdam, createMomentum, type Optimizer } from '@cmcgan/tfjs-kernels';
import {
  createTrainingStep,
  createWeightAverage,
  learningRateFactor,
  optimizerResumable,
  randomResumable,
} from '@cmcgan/training';
import type { TrainerOptions } from '../options/trainer-options';
import { chenParts } from '../variants/chen-parts';
import { cmcganParts } from '../variants/cmcgan-parts';
import type { Trainee, TraineeParts } from '../variants/trainee';
import { VARIANTS, type Variant } from '../variants/variants';

export type { Trainee } from '../variants/trainee';

/** What the options' variant is made of. */
function partsOf(options: TrainerOptions): TraineeParts {
  const variant: Variant = VARIANTS[options.variant];
  const parts = variant.family === 'chen' ? chenParts(options, variant.networks) : cmcganParts(options);
  return parts as TraineeParts; // each `prepare` is given what its own `createModel` made
}

function createDiscriminatorOptimizer(model: Cmcgan | ChenGan, options: TrainerOptions): Optimizer {
  const common = { variables: model.discriminatorVariables, learningRate: options.discriminatorLearningRate };
  if (options.discriminatorOptimizer === 'adam') return createAdam({ ...common, beta1: options.discriminatorMomentum });
  return createMomentum({ ...common, momentum: options.discriminatorMomentum });
}

/** The optimisers of both networks. */
function createOptimizers(model: Cmcgan | ChenGan, options: TrainerOptions) {
  return {
    discriminatorOptimizer: createDiscriminatorOptimizer(model, options),
    generatorOptimizer: createAdam({
      variables: model.generatorVariables,
      learningRate: options.generatorLearningRate,
      beta1: options.generatorBeta1,
      beta2: options.generatorBeta2,
    }),
  };
}

/** Builds everything that `options` say about networks and their training. The caller disposes. */
export function createTrainee(options: TrainerOptions): Trainee {
  const { createModel, stepOptions, prepare } = partsOf(options);
  const model = createModel();
  const average = options.emaDecay === null ? null : createWeightAverage(model, createModel(), options.emaDecay);
  const optimizers = createOptimizers(model, options);
  const { discriminatorOptimizer, generatorOptimizer } = optimizers;
  const schedule = {
    schedule: options.learningRateSchedule,
    decayShare: options.learningRateDecayShare,
    warmUpSteps: options.warmUpSteps,
  };
  const latentRandom = createRandom(options.seed).fork('latents');
  const step = createTrainingStep({ model, ...optimizers, options: stepOptions });
  return {
    model: average?.model ?? model,
    ...optimizers,
    latentRandom,
    step: {
      async run(batches, random, position) {
        const factor = position === undefined ? 1 : learningRateFactor(schedule, position);
        discriminatorOptimizer.learningRate = factor * options.discriminatorLearningRate;
        generatorOptimizer.learningRate = factor * options.generatorLearningRate;
        const losses = await step.run(batches, random);
        average?.update();
        return losses;
      },
    },
    resumables: [
      optimizerResumable('generator-optimizer', generatorOptimizer),
      optimizerResumable('discriminator-optimizer', discriminatorOptimizer),
      randomResumable('latents', latentRandom),
      ...(average === null ? [] : [average.resumable]),
    ],
    ...(prepare && {
      async prepare(run) {
        await prepare(model, run);
        average?.restart();
      },
    }),
    dispose() {
      discriminatorOptimizer.dispose();
      generatorOptimizer.dispose();
      average?.dispose();
      model.dispose();
    },
  };
}
