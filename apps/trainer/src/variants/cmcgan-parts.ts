import { createCmcgan, type Cmcgan } from '@cmcgan/model';
import type { TrainerOptions } from '../options/trainer-options';
import type { VariantParts } from './variant-parts';

/** CMCGAN, LCGAN, NLCMCGAN: the networks that `options` describe. */
function createModel(options: TrainerOptions): Cmcgan {
  const { width, depth, latentSize, paths, outputActivation, statistics, initialisation, codeSize, seed } = options;
  return createCmcgan({
    ...{ width, depth, latentSize, paths, outputActivation, statistics, initialisation, seed },
    ...(codeSize === null ? {} : { codeSize }),
    discriminator: {
      kind: options.adversarialLoss === 'joint' ? 'joint' : 'unimodal',
      normalisation: options.discriminatorNormalisation,
      initialisation: options.discriminatorInitialisation,
      hiddenUnits: options.discriminatorHiddenUnits,
      ...(options.discriminatorWidth === null ? {} : { width: options.discriminatorWidth }),
      ...(options.discriminatorFeatureSize === null ? {} : { featureSize: options.discriminatorFeatureSize }),
    },
  });
}

/** CMCGAN and what is left of it where a part is taken away. */
export function cmcganParts(options: TrainerOptions): VariantParts<Cmcgan> {
  const { lambda, fakes, consistency, generatorSteps, gradientClip } = options;
  return {
    createModel: () => createModel(options),
    stepOptions: { lambda, fakes, consistency, generatorUpdates: generatorSteps, gradientClip },
  };
}
