import type { ChenGan, Cmcgan } from '@cmcgan/model';
import { batches } from '@cmcgan/sub-urmp';
import type { BatchSource } from '@cmcgan/training';
import type { TrainOptions } from '@cmcgan/training/node';
import type { TrainerOptions } from '../options/trainer-options';
import { chenParts } from '../variants/chen-parts';
import { cmcganParts } from '../variants/cmcgan-parts';
import type { VariantParts } from '../variants/variant-parts';
import { VARIANTS, type Variant } from '../variants/variants';
import type { RunFacts } from './run-context';

/** What the options' variant is made of. */
export function variantParts(options: TrainerOptions): VariantParts {
  const variant: Variant = VARIANTS[options.variant];
  const parts = variant.family === 'chen' ? chenParts(options, variant.networks) : cmcganParts(options);
  return parts as VariantParts; // each `prepare` is given what its own `createModel` made
}

/** The training split in batches; where files have become unreadable, other pairs of the class take their place. */
function batchSource({ dataset, unreadable, options }: RunFacts): BatchSource {
  const { batchSize, seed } = options;
  return {
    batchesPerEpoch: Math.floor(dataset.splits.train.length / batchSize),
    batches: (epoch, start) => batches(dataset, { split: 'train', batchSize, seed, epoch, start, unreadable }),
  };
}

/** The settings of a run as @cmcgan/training takes them. */
export function trainOptionsOf(run: RunFacts, model: Cmcgan | ChenGan) {
  const { options, dataset, folder } = run;
  const { manifestHash, classNames, decibelRange } = dataset;
  const { seed, epochs, accumulate, maxSteps, maxMinutes, augmentation, emaDecay: averageDecay } = options;
  return {
    ...{ model, seed, epochs, accumulate, maxSteps, maxMinutes, augmentation, averageDecay },
    data: { ...batchSource(run), manifestHash, classNames, decibelRange },
    step: variantParts(options).stepOptions,
    optimizers: {
      generator: {
        learningRate: options.generatorLearningRate,
        beta1: options.generatorBeta1,
        beta2: options.generatorBeta2,
      },
      discriminator: {
        kind: options.discriminatorOptimizer,
        learningRate: options.discriminatorLearningRate,
        momentum: options.discriminatorMomentum,
      },
    },
    schedule: {
      schedule: options.learningRateSchedule,
      decayShare: options.learningRateDecayShare,
      warmUpSteps: options.warmUpSteps,
    },
    lossLimit: options.lossLimit,
    checkpoints: {
      folder: folder.checkpoints,
      everyMinutes: options.checkpointMinutes,
      keepEveryEpochs: options.keepEveryEpochs,
    },
  } satisfies TrainOptions;
}
