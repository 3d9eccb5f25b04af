import { discriminatorLoss, generatorAdversarialLoss } from '@cmcgan/losses';
import type { Cmcgan } from '@cmcgan/model';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import { seen, selectRows, trunkFeatures } from './adversary';
import type { Adversary } from './adversary';

/**
 * The joint corresponding adversarial loss (paper: Eq. 1 and 2), whose discriminator judges pairs. The features of the batch's real samples
 * are computed once and shared by all pairs; wrong pairs use those of another sample. Parts: total = wrong + fake.
 */
export function jointAdversary(model: Cmcgan): Adversary {
  const { discriminator } = model;
  /** Logits [B, 1] of S(rv, fa) for each generated sound and S(fv, ra) for each generated image. */
  const judge = (real: Record<string, Tensor2D>, fakeImages: Tensor2D[], fakeSounds: Tensor2D[]) => ({
    fakeSounds: fakeSounds.map((sounds) => discriminator.logits(real.images, sounds)),
    fakeImages: fakeImages.map((images) => discriminator.logits(images, real.sounds)),
  });
  return {
    discriminatorLoss(judged, onStatistics) {
      const { wrongSounds, wrongImages } = judged.batch;
      const [images, ...fakeImages] = trunkFeatures(model, judged, { modality: 'V', withReal: true, onStatistics });
      const [sounds, ...fakeSounds] = trunkFeatures(model, judged, { modality: 'A', withReal: true, onStatistics });
      const loss = discriminatorLoss({
        real: discriminator.logits(images, sounds),
        wrongSound: discriminator.logits(images, selectRows(sounds, wrongSounds)),
        wrongImage: discriminator.logits(selectRows(images, wrongImages), sounds),
        ...judge({ images, sounds }, fakeImages, fakeSounds),
      });
      return { ...loss };
    },
    realFeatures({ images, sounds, transforms }) {
      const options = { role: 'real', statistics: 'batch' } as const;
      const [seenImages, seenSounds] = [
        seen(images, 'real', { modality: 'V', transforms: transforms?.generator }),
        seen(sounds, 'real', { modality: 'A', transforms: transforms?.generator }),
      ];
      return {
        images: discriminator.imageFeatures(seenImages, options),
        sounds: discriminator.soundFeatures(seenSounds, options),
      };
    },
    generatorLoss(judged, real) {
      const [images, sounds] = (['V', 'A'] as const).map((modality) =>
        trunkFeatures(model, judged, { modality, withReal: false }),
      );
      return {
        adversarial: generatorAdversarialLoss(judge(real as Record<string, Tensor2D>, images, sounds)),
        features: [
          ...images.map((generated) => ({ generated, real: real.images })),
          ...sounds.map((generated) => ({ generated, real: real.sounds })),
        ],
      };
    },
  };
}
