import type { SampleTensors, TrainedClassifier } from '@cmcgan/classifier';
import { add, argMax, clipByValue, dispose, logSoftmax, mul, tidy, type Tensor1D, type Tensor4D } from '@tensorflow/tfjs-core';
import type { EvaluationData } from '../evaluation-data';
import { splitBatch } from '../samples/batches';

/** A classifier's results for a batch. */
export interface JudgedBatch {
  /** Predicted class ids. */
  readonly predictions: number[];
  /** [B][featureSize] */
  readonly features: Float32Array[];
  /** [B][classes] */
  readonly logProbabilities: Float32Array[];
}

/** What a sound's -1 and 1 stand for. */
type DecibelRange = EvaluationData['decibelRange'];

/** Classifies a batch with a judge, or another trained classifier; `range` is the dB range that the sounds' -1 … 1 stand for. */
export async function judgeSamples(
  { classifier, provenance }: TrainedClassifier,
  { images, sounds }: SampleTensors,
  range: DecibelRange,
): Promise<JudgedBatch> {
  const { features, predictions, scores } = tidy(() => {
    const heard = sounds && hearInRange(sounds, range, provenance.data.decibelRange);
    const found = classifier.features({ ...(images && { images }), ...(heard && { sounds: heard }) }); // [B, F]
    const logits = classifier.logitsOfFeatures(found);
    return { features: found, predictions: argMax(logits, 1) as Tensor1D, scores: logSoftmax(logits) };
  });
  const ids = await predictions.data<'int32'>();
  const judged = { predictions: [...ids], features: await splitBatch(features), logProbabilities: await splitBatch(scores) };
  dispose([features, predictions, scores]);
  return judged;
}

/**
 * Converts sounds from one dB range to another and clips them to it, since a judge only knows the range that it was trained with. The
 * caller owns the result.
 */
export function hearInRange(sounds: Tensor4D, from: DecibelRange, to: DecibelRange): Tensor4D {
  if (from.floorDb === to.floorDb && from.ceilingDb === to.ceilingDb) return sounds.clone();
  const scale = (from.ceilingDb - from.floorDb) / (to.ceilingDb - to.floorDb);
  const offset = (from.floorDb + from.ceilingDb - to.floorDb - to.ceilingDb) / (to.ceilingDb - to.floorDb);
  return tidy(() => clipByValue(add<Tensor4D>(mul(sounds, scale), offset), -1, 1));
}
