import { classificationLoss } from '@cmcgan/losses';
import type { Cmcgan, Modality } from '@cmcgan/model';
import { add, concat } from '@tensorflow/tfjs-core';
import type { Scalar, Tensor2D } from '@tensorflow/tfjs-core';
import type { StepBatch } from '../step-inputs';

/**
 * The loss of the discriminator's auxiliary classifier on images and on sounds, summed over both modalities and averaged over each one's batches.
 *
 * @param features the trunks' features [B, F] of batches of the same pairs
 */
export function classificationOf(
  { discriminator }: Cmcgan,
  { classes }: Pick<StepBatch, 'classes'>,
  features: Readonly<Record<Modality, readonly Tensor2D[]>>,
): Scalar {
  const lossOf = (modality: Modality) => {
    const logits = discriminator.classLogits(modality, concat([...features[modality]]));
    return classificationLoss(logits, concat(features[modality].map(() => classes!)));
  };
  return add(lossOf('V'), lossOf('A'));
}
