import type { TensorData } from '@cmcgan/model';
import type { Classifier } from './classifier';

/** The values of all tensors of a classifier, by name. */
export async function tensorValues(classifier: Classifier): Promise<Record<string, TensorData>> {
  const entries = Object.entries(classifier.tensors()).map(async ([name, tensor]) => {
    return [name, { shape: tensor.shape, data: await tensor.data<'float32'>() }] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}
