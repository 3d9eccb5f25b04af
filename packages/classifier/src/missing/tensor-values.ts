import type { TensorData } from '@cmcgan/model';
import type { Classifier } from '../classifier';

/** The values of all tensors of a classifier, by name. */
export const tensorValues = (classifier: Classifier): Record<string, TensorData> =>
  Object.fromEntries(
    Object.entries(classifier.tensors()).map(([name, tensor]) => [
      name,
      { shape: tensor.shape, data: tensor.dataSync<'float32'>() },
    ]),
  );
