import type { Modality } from '../architecture';
import { configRules, withoutUndefined } from '../config-rules';
import { assertDataFacts, NO_DATA_FACTS } from '../data-facts';
import type { DataFacts } from '../data-facts';
import type { Initialisation } from '../layers/initial-values';
import { CHEN_FEATURE_SIZE, CHEN_LATENT_SIZE } from './chen-architecture';

/**
 * Where φ comes from: the convolutions of a classifier of the source modality, frozen (S2IC, I2S); those of an autoencoder, frozen (S2I-A);
 * or 'learnt' together with the generator, without any training before (S2I-N).
 */
export type ChenFeature = 'classifier' | 'autoencoder' | 'learnt';

/** A baseline's architecture as plain JSON, and what its data were where that is known. */
export interface ChenConfig extends DataFacts {
  /** The modality that it generates from: A is sound-to-image, V is image-to-sound. */
  from: Modality;
  feature: ChenFeature;
  /** Scales every channel count but the samples', φ's and z's. */
  width: number;
  featureSize: number;
  latentSize: number;
  initialisation: Initialisation;
  discriminator: {
    /** Scales its channel counts; the generator's width when not given. */
    width: number;
    /** What follows its convolutions, the first excepted. */
    normalisation: 'batch' | 'none';
    initialisation: Initialisation;
    /** Whether moving statistics are kept for real and for generated samples, or one mixture for both. */
    statistics: 'role' | 'mixed';
  };
}

/** What a caller may leave out: all but the direction. */
export type ChenOptions = Pick<ChenConfig, 'from'> &
  Partial<Omit<ChenConfig, 'discriminator'>> & { discriminator?: Partial<ChenConfig['discriminator']> };

const ALLOWED = { from: ['V', 'A'], feature: ['classifier', 'autoencoder', 'learnt'] };
const DISCRIMINATOR_ALLOWED = { normalisation: ['batch', 'none'], statistics: ['role', 'mixed'] };

/** The whole configuration. Throws on unknown keys and values out of range. */
export function resolveChenConfig(options: ChenOptions): ChenConfig {
  const width = options.width ?? 1;
  const defaults: ChenConfig = {
    from: 'A',
    feature: 'classifier',
    width,
    featureSize: CHEN_FEATURE_SIZE,
    latentSize: CHEN_LATENT_SIZE,
    initialisation: 0.02,
    discriminator: { width, normalisation: 'batch', initialisation: 0.02, statistics: 'role' },
  };
  const discriminator = { ...defaults.discriminator, ...withoutUndefined(options.discriminator ?? {}) };
  const config = { ...defaults, ...withoutUndefined(options), discriminator };
  const rules = configRules('resolveChenConfig');
  rules.knownKeys(config, { ...defaults, ...NO_DATA_FACTS });
  rules.knownKeys(discriminator, defaults.discriminator, 'discriminator.');
  rules.allowed(config, ALLOWED);
  rules.allowed(discriminator, DISCRIMINATOR_ALLOWED, 'discriminator.');
  rules.positive(width, 'width');
  rules.positive(discriminator.width, 'discriminator.width');
  rules.count(config.featureSize, 'featureSize', 1);
  rules.count(config.latentSize, 'latentSize', 0);
  rules.initialisation(config.initialisation, 'initialisation');
  rules.initialisation(discriminator.initialisation, 'discriminator.initialisation');
  assertDataFacts(config, rules);
  return config;
}
