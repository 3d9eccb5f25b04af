import { createChenGan, type ChenConfig, type ChenGan } from '@cmcgan/model';
import type { TrainerOptions } from '../options/trainer-options';
import { pretrainAutoencoder } from './pretrain-autoencoder';
import { pretrainClassifier } from './pretrain-classifier';
import type { VariantParts } from './variant-parts';

/** How φ is trained before the rest, by where it comes from. */
const PREPARATIONS = {
  classifier: pretrainClassifier,
  autoencoder: pretrainAutoencoder,
  learnt: undefined,
} as const;

/** A baseline of Chen et al. */
export function chenParts(options: TrainerOptions, networks: Pick<ChenConfig, 'from' | 'feature'>): VariantParts<ChenGan> {
  const { width, latentSize, initialisation, seed, statistics } = options;
  const prepare = PREPARATIONS[networks.feature];
  return {
    createModel: () =>
      createChenGan({
        ...networks,
        ...{ width, latentSize, initialisation, seed },
        discriminator: {
          width: options.discriminatorWidth ?? width,
          normalisation: options.discriminatorNormalisation,
          initialisation: options.discriminatorInitialisation,
          statistics,
        },
      }),
    // It has no paths, and so no ends: nothing is compared with the truth.
    stepOptions: {
      ...{ fakes: 'both', consistency: 'ends' },
      ...{ generatorUpdates: options.generatorSteps, gradientClip: options.gradientClip },
    },
    ...(prepare && { prepare: (model, run) => prepare(model, run, options) }),
  };
}
