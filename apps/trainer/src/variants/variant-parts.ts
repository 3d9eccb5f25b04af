import { createChenGan, createCmcgan, type ChenConfig, type ChenGan, type Cmcgan } from '@cmcgan/model';
import type { TrainingStepOptions } from '@cmcgan/training';
import type { TrainerOptions } from '../options/trainer-options';
import { pretrainAutoencoder } from './pretrain-autoencoder';
import { pretrainClassifier } from './pretrain-classifier';
import { pretrainNetworks } from './pretrain-networks';
import type { PreparedRun } from './pretraining';
import { VARIANTS, type Variant } from './variants';

/** The parts of a variant. */
export interface VariantParts<Model = Cmcgan | ChenGan> {
  /** Creates the networks for data with these many classes, the same each time. */
  createModel(classCount: number): Model;
  readonly stepOptions: TrainingStepOptions;
  /** Prepares the networks before the first step. Deterministic, since a run that was killed here does it again. */
  prepare?(model: Model, run: PreparedRun): Promise<void>;
}

/** CMCGAN, whole or without some part. */
function cmcganParts(options: TrainerOptions): VariantParts<Cmcgan> {
  const { model, step, seed, contrastiveSteps, decoderSteps } = options;
  return {
    createModel: (classCount) => createCmcgan({ ...model, ...(step.classification > 0 && { classes: classCount }), seed }),
    stepOptions: step,
    ...(contrastiveSteps + decoderSteps > 0 && { prepare: (cmcgan, run) => pretrainNetworks(cmcgan, run, options) }),
  };
}

/** How φ is pretrained, by the kind of feature. */
const PREPARATIONS = {
  classifier: pretrainClassifier,
  autoencoder: pretrainAutoencoder,
  learnt: undefined,
} as const;

/** A baseline of Chen et al. */
function chenParts(options: TrainerOptions, networks: Pick<ChenConfig, 'from' | 'feature'>): VariantParts<ChenGan> {
  const { width, latentSize, initialisation, statistics, discriminator } = options.model;
  const { normalisation, initialisation: deviation } = discriminator;
  const prepare = PREPARATIONS[networks.feature];
  return {
    createModel: () =>
      createChenGan({
        ...networks,
        ...{ width, latentSize, initialisation, seed: options.seed },
        discriminator: { width: discriminator.width ?? width, normalisation, initialisation: deviation, statistics },
      }),
    stepOptions: { ...options.step, fakes: 'both', consistency: 'ends' }, // it has no paths, so nothing is compared with real samples
    ...(prepare && { prepare: (model, run) => prepare(model, run, options) }),
  };
}

/** The parts of the variant that a run's options choose. */
export function variantParts(options: TrainerOptions): VariantParts {
  const variant: Variant = VARIANTS[options.variant];
  const parts = variant.family === 'chen' ? chenParts(options, variant.networks) : cmcganParts(options);
  return parts as VariantParts; // each `prepare` receives a model of its own `createModel`
}
