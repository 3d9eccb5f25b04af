import type { ChenGan, Cmcgan } from '@cmcgan/model';
import { similarMeans } from '@cmcgan/training';
import type { BatchSource, TrainingBatch } from '@cmcgan/training';
import type { PreparedRun } from './pretraining';

interface SimilarTargets extends Pick<PreparedRun, 'dataset'>, Partial<Pick<PreparedRun, 'progress'>> {
  /** Pairs per mean; 1: the batches stay as they are. */
  readonly similarMeans: number;
}

type AddMeans = (batch: TrainingBatch) => TrainingBatch;

/** What was found with a model, once, since its encoders stay as they are from then on. */
const found = new WeakMap<Cmcgan, Promise<AddMeans>>();

/**
 * Batches whose consistency loss compares with means of similar pairs, if the options say so. The pairs are looked for when the first batch is asked for, by
 * the codes that the encoders then give.
 */
export function withSimilarTargets(
  source: BatchSource,
  model: Cmcgan | ChenGan,
  { dataset, progress, similarMeans: of }: SimilarTargets,
): BatchSource {
  if (of === 1 || model.architecture !== 'cmcgan') return source;
  const find = () =>
    similarMeans(model, dataset, { of, onPairs: (done, all) => progress?.status(`looking for similar pairs ${done}/${all}`) });
  const added = async function* (batches: AsyncIterable<TrainingBatch>) {
    const addMeans = await (found.get(model) ?? found.set(model, find()).get(model)!);
    for await (const batch of batches) yield addMeans(batch);
  };
  const { batchesPerEpoch, ownBatches } = source;
  return {
    batchesPerEpoch,
    batches: (epoch, start) => added(source.batches(epoch, start)),
    ...(ownBatches && { ownBatches: (...place) => added(ownBatches(...place)) }),
  };
}
