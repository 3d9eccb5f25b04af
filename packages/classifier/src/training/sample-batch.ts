import type { Modality } from '@cmcgan/model';
import { sampleTensor, SAMPLE_NAMES } from '../samples';
import type { SampleTensors } from '../samples';
import type { LabelledData, LabelledPair } from './labelled-data';

/** Changes a sample of a modality before it is added to a batch. */
export type SampleChange = (values: Float32Array, modality: Modality) => Float32Array;

/** Loads the given modality ('V', 'A' or 'VA') of pairs as a batch. The caller must dispose its tensors. */
export async function loadSampleBatch<P extends LabelledPair>(
  data: Pick<LabelledData<P>, 'load'>,
  pairs: readonly P[],
  { modality, change = (values) => values }: { modality: string; change?: SampleChange },
): Promise<Required<SampleTensors> | SampleTensors> {
  const samples = await Promise.all(pairs.map((pair) => data.load(pair)));
  const entries = (['V', 'A'] as const)
    .filter((each) => modality.includes(each))
    .map((each) => {
      const { batch, one } = SAMPLE_NAMES[each];
      const values = samples.map((sample) => change(sample[one], each));
      return [batch, sampleTensor(values, each)];
    });
  return Object.fromEntries(entries) as SampleTensors;
}
