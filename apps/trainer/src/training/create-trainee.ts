import type { ChenGan, Cmcgan } from '@cmcgan/model';
import { createRandom } from '@cmcgan/sub-urmp';
import { createAdam, createMomentum, type Optimizer } from '@cmcgan/tfjs-kernels';
import { optimizerResumable } from '../checkpoint/optimizer-resumable';
import { randomResumable } from '../checkpoint/random-resumable';
import type { TrainerOptions } from '../options/trainer-options';
import { createTrainingStep } from '../step/training-step';
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

/** Builds everything that `options` say about networks and their training. The caller disposes. */
export function createTrainee(options: TrainerOptions): Trainee {
  const { createModel, stepOptions, prepare } = partsOf(options);
  const model = createModel();
  const discriminatorOptimizer = createDiscriminatorOptimizer(model, options);
  const generatorOptimizer = createAdam({
    variables: model.generatorVariables,
    learningRate: options.generatorLearningRate,
    beta1: options.generatorBeta1,
    beta2: options.generatorBeta2,
  });
  const latentRandom = createRandom(options.seed).fork('latents');
  return {
    model,
    discriminatorOptimizer,
    generatorOptimizer,
    latentRandom,
    step: createTrainingStep({ model, discriminatorOptimizer, generatorOptimizer, options: stepOptions }),
    resumables: [
      optimizerResumable('generator-optimizer', generatorOptimizer),
      optimizerResumable('discriminator-optimizer', discriminatorOptimizer),
      randomResumable('latents', latentRandom),
    ],
    ...(prepare && { prepare: (run) => prepare(model, run) }),
    dispose() {
      discriminatorOptimizer.dispose();
      generatorOptimizer.dispose();
      model.dispose();
    },
  };
}
