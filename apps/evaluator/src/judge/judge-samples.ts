import type { DecibelRange } from '@cmcgan/audio-features';
import type { SampleTensors } from '@cmcgan/classifier';
import { argMax, dispose, tidy, type Tensor1D } from '@tensorflow/tfjs-core';
import { hearInRange } from './hear-in-range';
import type { Judges } from './judges';

/** What a classifier made of a batch. */
export interface JudgedBatch {
  /** Class ids of the judges. */
  readonly predictions: number[];
  /** [B][featureSize] */
  readonly features: Float32Array[];
}

/** Classifies a batch with one of the judges; `range` is what the sounds' -1 … 1 stand for. */
export async function judgeSamples(
  judges: Judges,
  which: 'V' | 'A' | 'VA',
  { images, sounds }: SampleTensors,
  range: DecibelRange,
): Promise<JudgedBatch> {
  const { classifier, provenance } = judges[which];
  const { features, predictions } = tidy(() => {
    const heard = sounds && hearInRange(sounds, range, provenance.data.decibelRange);
    const found = classifier.features({ ...(images && { images }), ...(heard && { sounds: heard }) }); // [B, F]
    return { features: found, predictions: argMax(classifier.logitsOfFeatures(found), 1) as Tensor1D };
  });
  const [values, ids] = await Promise.all([features.data<'float32'>(), predictions.data<'int32'>()]);
  const size = features.shape[1] as number;
  dispose([features, predictions]);
  return {
    predictions: [...ids],
    features: Array.from({ length: ids.length }, (_, i) => Float32Array.from(values.subarray(i * size, (i + 1) * size))),
  };
}
