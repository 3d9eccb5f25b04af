import { consistencyLoss, multiScaleSpectralLoss, squaredConsistencyLoss } from '@cmcgan/losses';
import { modalityOf, takeRoles } from '@cmcgan/model';
import type { Modality } from '@cmcgan/model';
import { addN } from '@tensorflow/tfjs-core';
import type { Scalar } from '@tensorflow/tfjs-core';
import type { Judged } from './adversaries/adversary';
import type { StepBatch } from './step-inputs';
import type { ResolvedStepOptions } from './step-context';

/** How the consistency loss compares samples, and which. */
export type ConsistencyOptions = Pick<ResolvedStepOptions, 'supervised' | 'imageDistance' | 'spectralScales'>;

/** Generated samples, and the real ones that they are compared with. */
interface Compared extends Pick<Judged, 'generated'> {
  readonly batch: Pick<StepBatch, 'images' | 'sounds' | 'targetImages' | 'targetSounds'>;
}

/** Eq. 3; images by their squared errors and sounds at several scales, if the options say so. */
export function consistencyOf(options: ConsistencyOptions, { batch, generated }: Compared): Scalar {
  const pairs = generated.flatMap((each) => {
    const roles = each.roles.filter((role) => options.supervised.includes(role));
    if (roles.length === 0) return [];
    const modality = modalityOf(roles[0]);
    return [{ modality, generated: takeRoles([each], roles), real: targetsOf(batch, modality) }];
  });
  const { imageDistance, spectralScales } = options;
  if (imageDistance === 'absolute' && spectralScales === 1) return consistencyLoss(pairs);
  const ofImages = imageDistance === 'absolute' ? consistencyLoss : squaredConsistencyLoss;
  const lossOf = (pair: (typeof pairs)[number]) =>
    pair.modality === 'V' ? ofImages([pair]) : multiScaleSpectralLoss(pair, spectralScales);
  return addN(pairs.map(lossOf));
}

const targetsOf = ({ images, sounds, targetImages = images, targetSounds = sounds }: Compared['batch'], modality: Modality) =>
  modality === 'V' ? targetImages : targetSounds;
