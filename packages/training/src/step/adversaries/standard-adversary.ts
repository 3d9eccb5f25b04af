import { standardDiscriminatorLoss, standardGeneratorLoss } from '@cmcgan/losses';
import type { Cmcgan, Modality } from '@cmcgan/model';
import { add } from '@tensorflow/tfjs-core';
import type { Scalar, Tensor2D } from '@tensorflow/tfjs-core';
import { trunkFeatures } from './adversary';
import type { Adversary } from './adversary';
import { classificationOf } from './classification';
import { withParts } from '../step-losses';
import type { LossParts } from '../step-losses';

/**
 * The standard adversarial loss (paper: Fig. 5), with one discriminator per modality that judges realism only. Parts: total = image +
 * sound, and classification by its weight, if that is not 0.
 */
export function standardAdversary(model: Cmcgan): Adversary {
  const logits = (modality: Modality, features: readonly Tensor2D[]) =>
    features.map((each) => model.discriminator.realismLogits(modality, each));
  return {
    judgesPairs: false,
    classes: model.config.classes ?? 0,
    discriminatorLoss(judged, onStatistics) {
      const [images, sounds] = (['V', 'A'] as const).map((modality) =>
        trunkFeatures(model, judged, { modality, withReal: true, onStatistics }),
      );
      const lossOf = (modality: Modality, features: readonly Tensor2D[]) => {
        const [real, ...fakes] = logits(modality, features);
        return standardDiscriminatorLoss({ real, fakes });
      };
      const [image, sound] = [lossOf('V', images), lossOf('A', sounds)];
      const loss: LossParts = { total: add<Scalar>(image, sound), image, sound };
      if (judged.classification === 0) return loss;
      const told = classificationOf(model, judged.batch, { V: [images[0]], A: [sounds[0]] });
      return withParts(loss, [{ name: 'classification', weight: judged.classification, loss: told }]);
    },
    realFeatures: () => ({}),
    generatorLoss(judged) {
      const [V, A] = (['V', 'A'] as const).map((modality) => trunkFeatures(model, judged, { modality, withReal: false }));
      const [image, sound] = [logits('V', V), logits('A', A)].map((fakes) => standardGeneratorLoss({ fakes }));
      return {
        adversarial: add(image, sound),
        features: [],
        ...(judged.batch.classes && { classification: classificationOf(model, judged.batch, { V, A }) }),
      };
    },
  };
}
