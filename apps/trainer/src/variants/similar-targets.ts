import type { ChenGan, Cmcgan } from '@cmcgan/model';
import { similarMeans } from '@cmcgan/training';
import type { BatchSource, TrainingBatch } from '@cmcgan/training';
import type { PreparedRun } from './pretraining';

interface SimilarTargets extends Pick<PreparedRun, 'dataset'>, Partial<Pick<PreparedRun, 'progress'>> {
  /** Pairs per mean; 1: the batches stay as they are. */
  readonly similarMeans: number;
}

/**
 * Batches whose consistency loss compares with means of similar pairs, if the options say so. The pairs are looked for once, when the first batch is asked for, by
 * the codes that the encoders then give.
 */
export function withSimilarTargets(
  { batchesPerEpoch, ownBatches, ...source }: BatchSource,
  model: Cmcgan | ChenGan,
  { dataset, progress, similarMeans: of }: SimilarTargets,
): BatchSource {
  if (of === 1 || model.architecture !== 'cmcgan') return { batchesPerEpoch, ownBatches, ...source };
  const onPairs = (done: number, all: number) => progress?.status(`looking for similar pairs ${done}/${all}`);
  let found: ReturnType<typeof similarMeans> | undefined;
  const each = async function* (batches: AsyncIterable<TrainingBatch>) {
    const addMeans = await (found ??= similarMeans(model, dataset, { of, onPairs }));
    for await (const batch of batches) yield addMeans(batch);
  };
  return {
    batchesPerEpoch,
    batches: (epoch, start) => each(source.batches(epoch, start)),
    ...(ownBatches && { ownBatches: (...place) => each(ownBatches(...place)) }),
  };
}
