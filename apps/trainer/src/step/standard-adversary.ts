import { standardDiscriminatorLoss, standardGeneratorLoss } from '@cmcgan/losses';
import { modalityOf } from '@cmcgan/model';
import type { Modality, StatisticsUpdate } from '@cmcgan/model';
import { add } from '@tensorflow/tfjs-core';
import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import type { Adversary, Judged } from './adversary';

type OnStatistics = (update: StatisticsUpdate) => void;

/**
 * The standard adversarial loss (paper: Fig. 5), of a discriminator for each modality that judges realism only. Parts: total = image +
 * sound.
 */
export const standardAdversary: Adversary = {
  discriminatorLoss(judged, onStatistics) {
    const [image, sound] = (['V', 'A'] as const).map((modality) =>
      standardDiscriminatorLoss({
        real: realLogits(judged, modality, onStatistics),
        fakes: fakeLogits(judged, modality, onStatistics),
      }),
    );
    return { total: add(image, sound), image, sound };
  },
  realFeatures: () => undefined,
  generatorLoss: (judged) =>
    add(standardGeneratorLoss({ fakes: fakeLogits(judged, 'V') }), standardGeneratorLoss({ fakes: fakeLogits(judged, 'A') })),
};

function realLogits({ model, batch }: Judged, modality: Modality, onStatistics: OnStatistics): Tensor2D {
  const sample = modality === 'V' ? batch.images : batch.sounds;
  return logits(model, modality, { sample, role: 'real', onStatistics });
}

function fakeLogits({ model, generated, fakes }: Judged, modality: Modality, onStatistics?: OnStatistics): Tensor2D[] {
  const ofModality = fakes.filter((role) => modalityOf(role) === modality);
  return ofModality.map((role) => logits(model, modality, { sample: generated[role]!, role: 'fake', onStatistics }));
}

interface Input {
  sample: Tensor4D;
  role: 'real' | 'fake';
  onStatistics?: OnStatistics;
}

function logits({ discriminator }: Judged['model'], modality: Modality, { sample, ...options }: Input): Tensor2D {
  const features = modality === 'V' ? discriminator.imageFeatures : discriminator.soundFeatures;
  return discriminator.realismLogits(modality, features(sample, { ...options, training: true }));
}
