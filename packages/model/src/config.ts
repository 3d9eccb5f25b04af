import { scaleChannels } from './architecture';
import type { Depth } from './architecture';
import { configRules, withoutUndefined } from './config-rules';
import { assertDataFacts, NO_DATA_FACTS } from './data-facts';
import type { DataFacts } from './data-facts';
import type { Initialisation } from './layers/initial-values';

export interface DiscriminatorConfig {
  /**
   * 'joint': one discriminator of pairs, which judges whether an image and a sound are real and match. 'unimodal': one for each modality,
   * which judges whether a sample is real, regardless of the other modality (paper: the standard adversarial loss of Fig. 5).
   */
  kind: 'joint' | 'unimodal';
  /** What follows a trunk's convolutions, the first excepted: batch normalisation, or a bias alone. */
  normalisation: 'batch' | 'none';
  initialisation: Initialisation;
  /**
   * Units of a LeakyReLU layer between the (concatenated) features and the logit. 0: one dense layer, the literal reading, whose logit is
   * a sum of a term for the image and a term for the sound, so that it cannot tell a matching pair from a mismatched one.
   */
  hiddenUnits: number;
  /** Scales the trunks' channel counts, as the generator's `width` does its own; the generator's when not given. */
  width: number;
  /** Channels of a trunk's last layer; 64 · the trunks' width when not given. */
  featureSize: number;
}

/** The architecture as plain JSON, and what its data were where that is known. */
export interface CmcganConfig extends DataFacts {
  /** Scales every channel count but the samples' and the latent's; 1 is the paper. */
  width: number;
  /** Convolutions per encoder and decoder: CMCGAN-5, -6, -7. */
  depth: Depth;
  /** Dimensions of z; 0 is the network without latent, NLCMCGAN. */
  latentSize: number;
  /** 'two' is LCGAN: only V→A→V and A→V→A. */
  paths: 'four' | 'two';
  /** What ends a decoder. The paper's literal reading, 'batchNormLeakyRelu', cannot bound an image. */
  outputActivation: 'tanh' | 'batchNormLeakyRelu';
  /** Whether moving statistics are kept for each role a network plays, or one mixture for all. */
  statistics: 'role' | 'mixed';
  /** Channels of the code F; 64 · width when not given. */
  codeSize: number;
  initialisation: Initialisation;
  discriminator: DiscriminatorConfig;
}

/** The configuration with every value optional. */
export type CmcganOptions = Partial<Omit<CmcganConfig, 'discriminator'>> & { discriminator?: Partial<DiscriminatorConfig> };

/** The whole configuration, the paper's values by default. Throws on unknown keys and values out of range. */
export function resolveConfig(options: CmcganOptions = {}): CmcganConfig {
  const width = options.width ?? 1;
  const discriminatorWidth = options.discriminator?.width ?? width;
  const defaults: CmcganConfig = {
    width,
    depth: 7,
    latentSize: 100,
    paths: 'four',
    outputActivation: 'tanh',
    statistics: 'role',
    codeSize: scaleChannels(64, width),
    initialisation: 0.02,
    discriminator: {
      kind: 'joint',
      normalisation: 'batch',
      initialisation: 0.02,
      hiddenUnits: 0,
      width: discriminatorWidth,
      featureSize: scaleChannels(64, discriminatorWidth),
    },
  };
  const discriminator = { ...defaults.discriminator, ...withoutUndefined(options.discriminator ?? {}) };
  const config = { ...defaults, ...withoutUndefined(options), discriminator };
  const { knownKeys } = configRules('resolveConfig');
  knownKeys(config, { ...defaults, ...NO_DATA_FACTS });
  knownKeys(discriminator, defaults.discriminator, 'discriminator.');
  assertValues(config);
  return config;
}

const ALLOWED = {
  depth: [5, 6, 7],
  paths: ['four', 'two'],
  outputActivation: ['tanh', 'batchNormLeakyRelu'],
  statistics: ['role', 'mixed'],
};

const DISCRIMINATOR_ALLOWED = { kind: ['joint', 'unimodal'], normalisation: ['batch', 'none'] };

function assertValues({ discriminator, ...config }: CmcganConfig): void {
  const rules = configRules('resolveConfig');
  rules.positive(config.width, 'width');
  rules.allowed(config, ALLOWED);
  rules.count(config.latentSize, 'latentSize', 0);
  rules.count(config.codeSize, 'codeSize', 1);
  rules.initialisation(config.initialisation, 'initialisation');
  rules.positive(discriminator.width, 'discriminator.width');
  rules.allowed(discriminator, DISCRIMINATOR_ALLOWED, 'discriminator.');
  rules.initialisation(discriminator.initialisation, 'discriminator.initialisation');
  rules.count(discriminator.hiddenUnits, 'discriminator.hiddenUnits', 0);
  rules.count(discriminator.featureSize, 'discriminator.featureSize', 1);
  assertDataFacts(config, rules);
}
