import type { DecibelRange } from '@cmcgan/audio-features';
import type { SampleTensors } from '@cmcgan/classifier';
import { argMax, dispose, logSoftmax, tidy, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import { hearInRange } from './hear-in-range';
import type { Judges, JudgeName } from './judges';

/** What a classifier made of a batch. */
export interface JudgedBatch {
  /** Class ids of the judges. */
  readonly predictions: number[];
  /** [B][featureSize] */
  readonly features: Float32Array[];
  /** [B][classes] */
  readonly logProbabilities: Float32Array[];
}

/** Classifies a batch with one of the judges; `range` is what the sounds' -1 … 1 stand for. */
export async function judgeSamples(
  judges: Judges,
  which: JudgeName,
  { images, sounds }: SampleTensors,
  range: DecibelRange,
): Promise<JudgedBatch> {
  const { classifier, provenance } = judges[which];
  const { features, predictions, scores } = tidy(() => {
    const heard = sounds && hearInRange(sounds, range, provenance.data.decibelRange);
    const found = classifier.features({ ...(images && { images }), ...(heard && { sounds: heard }) }); // [B, F]
    const logits = classifier.logitsOfFeatures(found);
    return { features: found, predictions: argMax(logits, 1) as Tensor1D, scores: logSoftmax(logits) };
  });
  const ids = await predictions.data<'int32'>();
  const judged = { predictions: [...ids], features: await rowsOf(features), logProbabilities: await rowsOf(scores) };
  dispose([features, predictions, scores]);
  return judged;
}

/** The rows of a matrix, each with its own memory. */
async function rowsOf(matrix: Tensor2D): Promise<Float32Array[]> {
  const values = await matrix.data<'float32'>();
  const [count, size] = matrix.shape;
  return Array.from({ length: count }, (_, i) => Float32Array.from(values.subarray(i * size, (i + 1) * size)));
}
