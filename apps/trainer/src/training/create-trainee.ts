import { createCmcgan, type Cmcgan } from '@cmcgan/model';
import { createRandom, type Random } from '@cmcgan/sub-urmp';
import { createAdam, createMomentum, type Optimizer } from '@cmcgan/tfjs-kernels';
import type { TrainerOptions } from '../options/trainer-options';
import { optimizerResumable } from '../checkpoint/optimizer-resumable';
import { randomResumable } from '../checkpoint/random-resumable';
import type { Resumable } from '../checkpoint/resumable';
import { createTrainingStep, type TrainingStep } from '../step/training-step';

/** What training changes: the networks, both optimisers and the stream of latents; with the step that changes them. */
export interface Trainee {
  readonly model: Cmcgan;
  readonly discriminatorOptimizer: Optimizer;
  readonly generatorOptimizer: Optimizer;
  readonly latentRandom: Random;
  readonly step: TrainingStep;
  /** All that the next step depends on, beside the model's tensors and the batches. */
  readonly resumables: readonly Resumable[];
  dispose(): void;
}

/** The networks that `options` describe. */
function createModel(options: TrainerOptions): Cmcgan {
  const { width, depth, latentSize, paths, outputActivation, statistics, initialisation, codeSize, seed } = options;
  return createCmcgan({
    ...{ width, depth, latentSize, paths, outputActivation, statistics, initialisation, seed },
    ...(codeSize === null ? {} : { codeSize }),
    discriminator: {
      normalisation: options.discriminatorNormalisation,
      initialisation: options.discriminatorInitialisation,
      hiddenUnits: options.discriminatorHiddenUnits,
      ...(options.discriminatorWidth === null ? {} : { width: options.discriminatorWidth }),
      ...(options.discriminatorFeatureSize === null ? {} : { featureSize: options.discriminatorFeatureSize }),
    },
  });
}

function createDiscriminatorOptimizer(model: Cmcgan, options: TrainerOptions): Optimizer {
  const common = { variables: model.discriminatorVariables, learningRate: options.discriminatorLearningRate };
  if (options.discriminatorOptimizer === 'adam') return createAdam({ ...common, beta1: options.discriminatorMomentum });
  return createMomentum({ ...common, momentum: options.discriminatorMomentum });
}

/** Builds everything that `options` say about networks and their training. The caller disposes. */
export function createTrainee(options: TrainerOptions): Trainee {
  const model = createModel(options);
  const discriminatorOptimizer = createDiscriminatorOptimizer(model, options);
  const generatorOptimizer = createAdam({
    variables: model.generatorVariables,
    learningRate: options.generatorLearningRate,
    beta1: options.generatorBeta1,
    beta2: options.generatorBeta2,
  });
  const latentRandom = createRandom(options.seed).fork('latents');
  const { lambda, fakes, consistency, generatorSteps } = options;
  const step = createTrainingStep({
    model,
    discriminatorOptimizer,
    generatorOptimizer,
    options: { lambda, fakes, consistency, generatorUpdates: generatorSteps },
  });
  return {
    model,
    discriminatorOptimizer,
    generatorOptimizer,
    latentRandom,
    step,
    resumables: [
      optimizerResumable('generator-optimizer', generatorOptimizer),
      optimizerResumable('discriminator-optimizer', discriminatorOptimizer),
      randomResumable('latents', latentRandom),
    ],
    dispose() {
      discriminatorOptimizer.dispose();
      generatorOptimizer.dispose();
      model.dispose();
    },
  };
}
