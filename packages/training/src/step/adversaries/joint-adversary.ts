import { contrastiveLoss, discriminatorLoss, generatorAdversarialLoss, gradientPenalty } from '@cmcgan/losses';
import type { Cmcgan } from '@cmcgan/model';
import { add, addN, mul } from '@tensorflow/tfjs-core';
import type { Scalar, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { seen, selectRows, trunkFeatures } from './adversary';
import type { Adversary, Judged } from './adversary';
import { classificationOf } from './classification';
import { contrastOfCodes } from './contrast';
import { encoderInputs } from '../step-inputs';
import { withParts } from '../step-losses';
import type { WeightedPart } from '../step-losses';

/** How far each value of real samples, on their scale from -1 to 1, is nudged for the gradient penalty: about one grey level. */
const NUDGE = 0.01;

/** The mean of a loss over batches. */
const meanOf = (batches: readonly Tensor2D[], loss: (batch: Tensor2D) => Scalar): Scalar =>
  mul(addN(batches.map(loss)), 1 / batches.length);

/**
 * The joint corresponding adversarial loss (paper: Eq. 1 and 2), whose discriminator judges pairs. The features of the batch's real samples
 * are computed once and shared by all pairs; wrong pairs use those of another sample. Parts: total = wrong + fake, and γ · gradientPenalty and
 * classification and contrastive by their weights, if those are not 0.
 */
export function jointAdversary(model: Cmcgan): Adversary {
  const { discriminator } = model;
  /** Logits [B, 1] of S(rv, fa) for each generated sound and S(fv, ra) for each generated image. */
  const judge = (real: Record<string, Tensor2D>, fakeImages: Tensor2D[], fakeSounds: Tensor2D[]) => ({
    fakeSounds: fakeSounds.map((sounds) => discriminator.logits(real.images, sounds)),
    fakeImages: fakeImages.map((images) => discriminator.logits(images, real.sounds)),
  });
  /** Logits of the real pairs with each value nudged. */
  const nudgedLogits = ({ batch: { images, sounds, directions }, transforms }: Judged): Tensor2D => {
    const options = { role: 'real', statistics: 'batch' } as const;
    const image = add<Tensor4D>(seen(images, 'real', { modality: 'V', transforms }), mul(NUDGE, directions!.V));
    const sound = add<Tensor4D>(seen(sounds, 'real', { modality: 'A', transforms }), mul(NUDGE, directions!.A));
    return discriminator.logits(discriminator.imageFeatures(image, options), discriminator.soundFeatures(sound, options));
  };
  return {
    judgesPairs: true,
    classes: model.config.classes ?? 0,
    discriminatorLoss(judged, onStatistics) {
      const { wrongSounds, wrongImages } = judged.batch;
      const [images, ...fakeImages] = trunkFeatures(model, judged, { modality: 'V', withReal: true, onStatistics });
      const [sounds, ...fakeSounds] = trunkFeatures(model, judged, { modality: 'A', withReal: true, onStatistics });
      const logits = discriminator.logits(images, sounds);
      const loss = discriminatorLoss({
        real: logits,
        wrongSound: discriminator.logits(images, selectRows(sounds, wrongSounds)),
        wrongImage: discriminator.logits(selectRows(images, wrongImages), sounds),
        ...judge({ images, sounds }, fakeImages, fakeSounds),
      });
      const parts: WeightedPart[] = [];
      if (judged.gradientPenalty > 0) {
        const penalty = gradientPenalty({ logits, nudged: nudgedLogits(judged), step: NUDGE });
        parts.push({ name: 'gradientPenalty', weight: judged.gradientPenalty, loss: penalty });
      }
      if (judged.classification > 0) {
        const told = classificationOf(model, judged.batch, { V: [images], A: [sounds] });
        parts.push({ name: 'classification', weight: judged.classification, loss: told });
      }
      if (judged.contrastive > 0) {
        parts.push({ name: 'contrastive', weight: judged.contrastive, loss: contrastiveLoss(images, sounds) });
      }
      return withParts({ ...loss }, parts);
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
        contrastive: () =>
          addN([
            meanOf(images, (fake) => contrastiveLoss(fake, real.sounds as Tensor2D)),
            meanOf(sounds, (fake) => contrastiveLoss(real.images as Tensor2D, fake)),
            contrastOfCodes(model, encoderInputs(judged.batch)),
          ]),
        ...(judged.batch.classes && { classification: classificationOf(model, judged.batch, { V: images, A: sounds }) }),
      };
    },
  };
}
