import { discriminatorLoss, generatorAdversarialLoss } from '@cmcgan/losses';
import type { Adversary } from './adversary';
import { judgeFakes, realFeatures } from './judge-pairs';
import { selectRows } from './select-rows';

/**
 * The joint corresponding adversarial loss (paper: Eq. 1 and 2), of a discriminator that judges pairs. Wrong pairs pick the features of a
 * real sample that is in the batch anyway. Parts: total = wrong + fake.
 */
export const jointAdversary: Adversary = {
  discriminatorLoss({ model, batch, generated, fakes }, onStatistics) {
    const { discriminator } = model;
    const real = realFeatures(model, batch, onStatistics);
    const loss = discriminatorLoss({
      real: discriminator.logits(real.images, real.sounds),
      wrongSound: discriminator.logits(real.images, selectRows(real.sounds, batch.wrongSounds)),
      wrongImage: discriminator.logits(selectRows(real.images, batch.wrongImages), real.sounds),
      ...judgeFakes(model, real, { generated, roles: fakes }, onStatistics),
    });
    return { ...loss };
  },
  realFeatures: (model, batch) => realFeatures(model, batch),
  generatorLoss: ({ model, generated, fakes }, real) =>
    generatorAdversarialLoss(judgeFakes(model, real!, { generated, roles: fakes })),
};
