import type { ChenGan, Cmcgan } from '@cmcgan/model';
import { encodeTargets, similarMeans } from '@cmcgan/training';
import type { BatchSource, TrainingBatch } from '@cmcgan/training';
import { createRandom } from '@cmcgan/random';
import type { PreparedRun } from './pretraining';

interface SimilarTargets extends Pick<PreparedRun, 'dataset'>, Partial<Pick<PreparedRun, 'progress'>> {
  /** Pairs per mean; 1: the batches stay as they are. */
  readonly similarMeans: number;
}

type AddMeans = (batch: TrainingBatch) => TrainingBatch;

/** What was found with a model whose encoders stay as they are from then on. */
const found = new WeakMap<Cmcgan, Promise<AddMeans>>();

/**
 * Batches whose consistency loss compares with means of similar pairs, if the options say so. The pairs are looked for when the first batch is asked for, by
 * the codes that the encoders then give, and once for a model, so that its encoders are to stay as they are.
 */
export function withSimilarTargets(source: BatchSource, model: Cmcgan | ChenGan, options: SimilarTargets): BatchSource {
  if (options.similarMeans === 1 || model.architecture !== 'cmcgan') return source;
  return changed(source, async () => found.get(model) ?? found.set(model, find(model, options)).get(model)!);
}

/** Batches in which encoders get the means of similar pairs in place of half of the samples. The pairs are looked for by the codes that the encoders now give. */
export async function withMeansToFind(
  source: BatchSource,
  model: Cmcgan,
  { seed, ...options }: SimilarTargets & { readonly seed: number },
): Promise<BatchSource> {
  const addMeans = await find(model, options);
  const random = createRandom(seed).fork('means to find');
  return changed(source, async () => (batch) => encodeTargets(addMeans(batch), random));
}

const find = (model: Cmcgan, { dataset, progress, similarMeans: of }: SimilarTargets): Promise<AddMeans> =>
  similarMeans(model, dataset, { of, onPairs: (done, all) => progress?.status(`looking for similar pairs ${done}/${all}`) });

function changed({ batchesPerEpoch, ownBatches, ...source }: BatchSource, changeOf: () => Promise<AddMeans>): BatchSource {
  const each = async function* (batches: AsyncIterable<TrainingBatch>) {
    const change = await changeOf();
    for await (const batch of batches) yield change(batch);
  };
  return {
    batchesPerEpoch,
    batches: (epoch, start) => each(source.batches(epoch, start)),
    ...(ownBatches && { ownBatches: (...place) => each(ownBatches(...place)) }),
  };
}
