import type { Cmcgan, Generated, GeneratedRole, StatisticsUpdate } from '@cmcgan/model';
import { modalityOf } from '@cmcgan/model';
import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import type { TensorBatch } from './tensor-batch';

/** What the discriminator's trunks say of the real samples of a batch, [B, F] each. */
export interface RealFeatures {
  images: Tensor2D;
  sounds: Tensor2D;
}

type OnStatistics = (update: StatisticsUpdate) => void;

/** The trunks' features of the real samples, which every pair of one evaluation of the discriminator shares. */
export function realFeatures(
  { discriminator }: Cmcgan,
  { images, sounds }: TensorBatch,
  onStatistics?: OnStatistics,
): RealFeatures {
  const options = { role: 'real', training: true, onStatistics } as const;
  return { images: discriminator.imageFeatures(images, options), sounds: discriminator.soundFeatures(sounds, options) };
}

/** The samples that the discriminator is to judge, each against the real sample of the other modality. */
export interface Fakes {
  generated: Generated;
  roles: readonly GeneratedRole[];
}

/** Logits [B, 1] of S(rv, fa) for each generated sound and S(fv, ra) for each generated image. */
export function judgeFakes(
  { discriminator }: Cmcgan,
  real: RealFeatures,
  { generated, roles }: Fakes,
  onStatistics?: OnStatistics,
): { fakeSounds: Tensor2D[]; fakeImages: Tensor2D[] } {
  const options = { role: 'fake', training: true, onStatistics } as const;
  const of = (modality: 'V' | 'A') =>
    roles.filter((role) => modalityOf(role) === modality).map((role) => generated[role] as Tensor4D);
  return {
    fakeSounds: of('A').map((sound) => discriminator.logits(real.images, discriminator.soundFeatures(sound, options))),
    fakeImages: of('V').map((image) => discriminator.logits(discriminator.imageFeatures(image, options), real.sounds)),
  };
}
