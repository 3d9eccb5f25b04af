import { standardDiscriminatorLoss, standardGeneratorLoss } from '@cmcgan/losses';
import { modalityOf } from '@cmcgan/model';
import type { Cmcgan, Modality } from '@cmcgan/model';
import { add } from '@tensorflow/tfjs-core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { Adversary, Judged, OnStatistics } from './adversary';

/**
 * The standard adversarial loss (paper: Fig. 5), with one discriminator per modality that judges realism only. Parts: total = image +
 * sound.
 */
export function standardAdversary({ discriminator }: Cmcgan): Adversary {
  const logits = (modality: Modality, sample: Tensor4D, options: { role: 'real' | 'fake'; onStatistics?: OnStatistics }) => {
    const features = modality === 'V' ? discriminator.imageFeatures : discriminator.soundFeatures;
    return discriminator.realismLogits(modality, features(sample, { ...options, statistics: 'batch' }));
  };
  const judge = (modality: Modality, { generated, fakes }: Judged, onStatistics?: OnStatistics) => {
    const ofModality = fakes.filter((role) => modalityOf(role) === modality);
    return ofModality.map((role) => logits(modality, generated[role]!, { role: 'fake', onStatistics }));
  };
  const discriminatorLossOf = (modality: Modality, judged: Judged, onStatistics: OnStatistics) => {
    const sample = modality === 'V' ? judged.batch.images : judged.batch.sounds;
    const real = logits(modality, sample, { role: 'real', onStatistics });
    return standardDiscriminatorLoss({ real, fakes: judge(modality, judged, onStatistics) });
  };
  return {
    discriminatorLoss(judged, onStatistics) {
      const image = discriminatorLossOf('V', judged, onStatistics);
      const sound = discriminatorLossOf('A', judged, onStatistics);
      return { total: add(image, sound), image, sound };
    },
    realFeatures: () => ({}),
    generatorLoss: (judged) =>
      add(standardGeneratorLoss({ fakes: judge('V', judged) }), standardGeneratorLoss({ fakes: judge('A', judged) })),
  };
}
