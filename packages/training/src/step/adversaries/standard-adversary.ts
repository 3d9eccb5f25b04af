import { standardDiscriminatorLoss, standardGeneratorLoss } from '@cmcgan/losses';
import type { Cmcgan, Modality } from '@cmcgan/model';
import { add } from '@tensorflow/tfjs-core';
import { trunkFeatures } from './adversary';
import type { Adversary, Judged, TrunkPass } from './adversary';

/**
 * The standard adversarial loss (paper: Fig. 5), with one discriminator per modality that judges realism only. Parts: total = image +
 * sound.
 */
export function standardAdversary(model: Cmcgan): Adversary {
  const logits = (judged: Judged, pass: TrunkPass) =>
    trunkFeatures(model, judged, pass).map((features) => model.discriminator.realismLogits(pass.modality, features));
  const generatorLossOf = (modality: Modality, judged: Judged) =>
    standardGeneratorLoss({ fakes: logits(judged, { modality, withReal: false }) });
  return {
    penalises: false,
    discriminatorLoss(judged, onStatistics) {
      const [image, sound] = (['V', 'A'] as const).map((modality) => {
        const [real, ...fakes] = logits(judged, { modality, withReal: true, onStatistics });
        return standardDiscriminatorLoss({ real, fakes });
      });
      return { total: add(image, sound), image, sound };
    },
    realFeatures: () => ({}),
    generatorLoss: (judged) => ({ adversarial: add(generatorLossOf('V', judged), generatorLossOf('A', judged)), features: [] }),
  };
}
