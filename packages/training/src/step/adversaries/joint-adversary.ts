import { discriminatorLoss, generatorAdversarialLoss } from '@cmcgan/losses';
import { modalityOf, type Modality } from '@cmcgan/model';
import type { Cmcgan } from '@cmcgan/model';
import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { selectRows } from './adversary';
import type { Adversary, Judged, OnStatistics, RealFeatures } from './adversary';
import type { TensorBatch } from '../../training-batches';

/**
 * The joint corresponding adversarial loss (paper: Eq. 1 and 2), whose discriminator judges pairs. The features of the batch's real samples
 * are computed once and shared by all pairs; wrong pairs use those of another sample. Parts: total = wrong + fake.
 */
export function jointAdversary({ discriminator }: Cmcgan): Adversary {
  /** Features of images and of sounds, [B, F] each. */
  const featuresOf = ({ images, sounds }: TensorBatch, onStatistics?: OnStatistics) => {
    const options = { role: 'real', statistics: 'batch', onStatistics } as const;
    return { images: discriminator.imageFeatures(images, options), sounds: discriminator.soundFeatures(sounds, options) };
  };
  /** Logits [B, 1] of S(rv, fa) for each generated sound and S(fv, ra) for each generated image. */
  const judge = ({ generated, fakes }: Judged, real: RealFeatures, onStatistics?: OnStatistics) => {
    const options = { role: 'fake', statistics: 'batch', onStatistics } as const;
    const of = (modality: Modality) =>
      fakes.filter((role) => modalityOf(role) === modality).map((role) => generated[role] as Tensor4D);
    const [images, sounds] = [real.images as Tensor2D, real.sounds as Tensor2D];
    return {
      fakeSounds: of('A').map((sound) => discriminator.logits(images, discriminator.soundFeatures(sound, options))),
      fakeImages: of('V').map((image) => discriminator.logits(discriminator.imageFeatures(image, options), sounds)),
    };
  };
  return {
    discriminatorLoss(judged, onStatistics) {
      const { wrongSounds, wrongImages } = judged.batch;
      const real = featuresOf(judged.batch, onStatistics);
      const loss = discriminatorLoss({
        real: discriminator.logits(real.images, real.sounds),
        wrongSound: discriminator.logits(real.images, selectRows(real.sounds, wrongSounds)),
        wrongImage: discriminator.logits(selectRows(real.images, wrongImages), real.sounds),
        ...judge(judged, real, onStatistics),
      });
      return { ...loss };
    },
    realFeatures: (batch) => featuresOf(batch),
    generatorLoss: (judged, real) => generatorAdversarialLoss(judge(judged, real)),
  };
}
