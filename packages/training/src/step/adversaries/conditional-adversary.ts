import { conditionalDiscriminatorLoss, conditionalGeneratorLoss } from '@cmcgan/losses';
import { takeRoles } from '@cmcgan/model';
import type { ChenGan } from '@cmcgan/model';
import { reshape } from '@tensorflow/tfjs-core';
import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { seen, selectRows } from './adversary';
import type { Adversary, Judged, OnStatistics } from './adversary';
import type { StepBatch } from '../step-inputs';

/**
 * The loss of the baselines S2IC and I2S (paper: section on experiments; Chen et al.), whose discriminator sees a sample and φ of the other
 * modality. A wrong sample is one of another instrument in the batch, whose features are available anyway. Parts: total = real + ½ (wrong +
 * fake).
 */
export function conditionalAdversary(model: ChenGan): Adversary {
  const { discriminator, config, roles } = model;
  const [role] = roles;
  /** φ of the real samples, [B, featureSize]. If φ is learnt, it learns from the generator's loss only through the generated samples. */
  const conditionOf = ({ images, sounds }: StepBatch) =>
    model.feature(config.from === 'A' ? sounds : images, { statistics: 'batch' });
  const modality = config.from === 'A' ? 'V' : 'A';
  const judge = ({ generated, transforms }: Judged, condition: Tensor2D, onStatistics?: OnStatistics) => {
    const options = { role: 'fake', statistics: 'batch', onStatistics } as const;
    const fake = seen(takeRoles(generated, [role]), 'fake', { modality, transforms });
    return discriminator.logits(discriminator.features(fake, options), condition, options);
  };
  return {
    judgesPairs: false,
    classes: 0,
    discriminatorLoss(judged, onStatistics) {
      const { images, sounds, wrongImages, wrongSounds } = judged.batch;
      const options = { role: 'real', statistics: 'batch', onStatistics } as const;
      const condition = conditionOf(judged.batch);
      const [sample, wrong] = config.from === 'A' ? [images, wrongImages] : [sounds, wrongSounds];
      const real = seen(sample, 'real', { modality, transforms: judged.transforms });
      const features = discriminator.features(real, options);
      const loss = conditionalDiscriminatorLoss({
        real: discriminator.logits(features, condition, options),
        wrong: discriminator.logits(selectSamples(features, wrong), condition, options),
        fake: judge(judged, condition, onStatistics),
      });
      return { ...loss };
    },
    realFeatures: (batch) => ({ condition: conditionOf(batch) }),
    generatorLoss: (judged, { condition }) => ({
      adversarial: conditionalGeneratorLoss({ fake: judge(judged, condition as Tensor2D) }),
      features: [],
    }),
  };
}

/** Samples of a batch of maps [B, H, W, C], chosen by a one-hot matrix [B, B]. */
function selectSamples(features: Tensor4D, oneHot: Tensor2D): Tensor4D {
  const flat: Tensor2D = reshape(features, [features.shape[0], -1]);
  return reshape(selectRows(flat, oneHot), features.shape);
}
