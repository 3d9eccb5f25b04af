import type { ChenGan, Cmcgan } from '@cmcgan/model';
import { batches } from '@cmcgan/sub-urmp';
import type { BatchSource } from '@cmcgan/training';
import type { TrainOptions } from '@cmcgan/training/node';
import { trainingOptionsSchema } from '@cmcgan/training/options';
import type { TrainerOptions } from '../options/trainer-options';
import { withSimilarTargets } from '../variants/similar-targets';
import { variantParts } from '../variants/variant-parts';
import type { Run } from './run';

/** The training split in batches. Pairs whose files have become unreadable are replaced by others of their class. */
function batchSource({ dataset, unreadable, options }: Pick<Run, 'dataset' | 'unreadable' | 'options'>): BatchSource {
  const { batchSize, seed, sampling } = options;
  return {
    batchesPerEpoch: Math.floor(dataset.splits.train.length / batchSize),
    batches: (epoch, start) => batches(dataset, { split: 'train', batchSize, seed, epoch, sampling, start, unreadable }),
    ownBatches: (epoch, start, only) =>
      batches(dataset, { split: 'train', batchSize, seed, epoch, sampling, start, only, unreadable }),
  };
}

/** The options that belong to @cmcgan/training. */
function trainingOptions(options: TrainerOptions): Pick<TrainerOptions, keyof typeof trainingOptionsSchema.shape> {
  const known = Object.entries(options).filter(([name]) => Object.hasOwn(trainingOptionsSchema.shape, name));
  return Object.fromEntries(known) as unknown as TrainerOptions;
}

/** The options of a run as @cmcgan/training takes them. */
export function trainOptionsOf(
  run: Pick<Run, 'options' | 'dataset' | 'folder' | 'unreadable'> & Partial<Pick<Run, 'progress'>>,
  model: Cmcgan | ChenGan,
) {
  const { options, dataset, folder, progress } = run;
  const similarMeans = options.optimizers.generator.encoders === 'frozen' ? options.similarMeans : 1;
  const source = withSimilarTargets(batchSource(run), model, { dataset, progress, similarMeans });
  const { manifestHash, classNames, decibelRange } = dataset;
  return {
    ...trainingOptions(options),
    model,
    ...{ batchSize: undefined, sampling: undefined }, // the batches below have them
    data: { ...source, manifestHash, classNames, decibelRange },
    step: variantParts(options).stepOptions,
    checkpoints: { ...options.checkpoints, folder: folder.checkpoints },
  } satisfies TrainOptions;
}
