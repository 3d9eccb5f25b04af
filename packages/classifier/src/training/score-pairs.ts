import { dispose, tensor1d, tidy } from '@tensorflow/tfjs-core';
import type { Classifier } from '../classifier';
import { scorePredictions } from '../metrics/score';
import type { Score } from '../metrics/score';
import { crossEntropy } from './cross-entropy';
import type { LabelledData, LabelledPair } from './labelled-data';
import { loadSampleBatch } from './sample-batch';

/** Number of samples classified at once; affects memory, not the result. */
const BATCH_SIZE = 32;

/** A classifier's score on real pairs; `loss` is its mean cross-entropy. */
export interface PairScore extends Score {
  loss: number;
}

/** Scores a classifier on pairs, without augmentation and with the moving averages. */
export async function scorePairs<P extends LabelledPair>(
  classifier: Classifier,
  data: Pick<LabelledData<P>, 'load'>,
  pairs: readonly P[],
): Promise<PairScore> {
  const { modality, classNames } = classifier.config;
  const predicted: number[] = [];
  let loss = 0;
  for (let start = 0; start < pairs.length; start += BATCH_SIZE) {
    const chunk = pairs.slice(start, start + BATCH_SIZE);
    const samples = await loadSampleBatch(data, chunk, { modality });
    predicted.push(...(await classifier.predict(samples)));
    const batchLoss = tidy(() => crossEntropy(classifier.logits(samples), classIdTensor(chunk)));
    loss += (await batchLoss.data())[0] * chunk.length;
    dispose([batchLoss, samples as never]);
  }
  const actual = pairs.map(({ classId }) => classId);
  return { ...scorePredictions(actual, predicted, classNames.length), loss: loss / pairs.length };
}

/** Class ids as int32 [B]. */
export function classIdTensor(pairs: readonly Pick<LabelledPair, 'classId'>[]) {
  return tensor1d(
    pairs.map(({ classId }) => classId),
    'int32',
  );
}
