import { contrastiveLoss } from '@cmcgan/losses';
import { applyNetwork, takeRoles } from '@cmcgan/model';
import type { Cmcgan, Modality, RoleBatch } from '@cmcgan/model';
import { reshape, split } from '@tensorflow/tfjs-core';
import type { Scalar, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import type { OnStatistics } from './adversary';

/** Real images and sounds that belong together, row by row. */
export type RealPairs = Readonly<Record<Modality, Tensor4D>>;

/** The contrastive loss of the encoders' codes of real pairs, in the form in which both decoders get them. */
export function contrastOfCodes({ encoderV, encoderA }: Cmcgan, samples: RealPairs, onStatistics?: OnStatistics): Scalar {
  const codesOf = (modality: Modality): RoleBatch<Modality> => {
    const encoder = modality === 'V' ? encoderV : encoderA;
    const options = { role: [modality], statistics: 'batch', onStatistics } as const;
    return { roles: [modality], values: applyNetwork(encoder, samples[modality], options) };
  };
  const codes = takeRoles([codesOf('V'), codesOf('A')], ['V', 'A']);
  const [images, sounds] = split<Tensor2D>(reshape(codes, [codes.shape[0], -1]), 2);
  return contrastiveLoss(images, sounds);
}

/** The contrastive loss of the joint discriminator's features of real pairs. */
export function contrastOfFeatures({ discriminator }: Cmcgan, { V, A }: RealPairs, onStatistics?: OnStatistics): Scalar {
  const options = { role: 'real', statistics: 'batch', onStatistics } as const;
  return contrastiveLoss(discriminator.imageFeatures(V, options), discriminator.soundFeatures(A, options));
}
