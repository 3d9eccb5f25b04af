import { scaleChannels } from './architecture';
import type { Depth } from './architecture';

/** Standard deviation of the initial weights, or 'he' for sqrt(2 / fan-in), which keeps the signal's scale without normalisation. */
export type Initialisation = number | 'he';

export interface DiscriminatorConfig {
  /**
   * 'joint': one discriminator of pairs, which says whether an image and a sound are real and match. 'unimodal': one for each modality,
   * which says whether a sample is real and knows nothing of the other modality (paper: the standard adversarial loss of Fig. 5).
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

/** The architecture as plain JSON. */
export interface CmcganConfig {
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

/** What a caller may leave out: everything. */
export type CmcganOptions = Partial<Omit<CmcganConfig, 'discriminator'>> & { discriminator?: Partial<DiscriminatorConfig> };

/** The whole configuration: the paper's values where `options` says nothing. Throws on unknown keys and values out of range. */
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
  assertKeys(config, defaults, '');
  assertKeys(discriminator, defaults.discriminator, 'discriminator.');
  assertValues(config);
  return config;
}

function withoutUndefined<T extends object>(options: T): Partial<T> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Partial<T>;
}

function assertKeys(config: object, known: object, prefix: string): void {
  const unknown = Object.keys(config).find((key) => !(key in known));
  if (unknown !== undefined) {
    throw new Error(`resolveConfig: options must be among ${Object.keys(known).join(', ')}, got ${prefix}${unknown}`);
  }
}

const ALLOWED: Record<string, readonly unknown[]> = {
  depth: [5, 6, 7],
  paths: ['four', 'two'],
  outputActivation: ['tanh', 'batchNormLeakyRelu'],
  statistics: ['role', 'mixed'],
};

function assertValues(config: CmcganConfig): void {
  const { width, latentSize, codeSize, initialisation, discriminator } = config;
  assertRule(width > 0 && Number.isFinite(width), 'width', 'be positive', width);
  assertRule(
    discriminator.width > 0 && Number.isFinite(discriminator.width),
    'discriminator.width',
    'be positive',
    discriminator.width,
  );
  for (const [key, allowed] of Object.entries(ALLOWED)) {
    const value = config[key as keyof CmcganConfig];
    assertRule(allowed.includes(value), key, `be one of ${allowed.join(', ')}`, value);
  }
  assertCount(latentSize, 'latentSize', 0);
  assertCount(codeSize, 'codeSize', 1);
  assertInitialisation(initialisation, 'initialisation');
  assertRule(
    ['joint', 'unimodal'].includes(discriminator.kind),
    'discriminator.kind',
    'be joint or unimodal',
    discriminator.kind,
  );
  assertRule(
    ['batch', 'none'].includes(discriminator.normalisation),
    'discriminator.normalisation',
    'be batch or none',
    discriminator.normalisation,
  );
  assertInitialisation(discriminator.initialisation, 'discriminator.initialisation');
  assertCount(discriminator.hiddenUnits, 'discriminator.hiddenUnits', 0);
  assertCount(discriminator.featureSize, 'discriminator.featureSize', 1);
}

function assertRule(holds: boolean, key: string, rule: string, value: unknown): void {
  if (!holds) throw new Error(`resolveConfig: ${key} must ${rule}, got ${JSON.stringify(value)}`);
}

function assertCount(value: number, key: string, minimum: number): void {
  assertRule(Number.isInteger(value) && value >= minimum, key, `be a whole number of at least ${minimum}`, value);
}

function assertInitialisation(value: Initialisation, key: string): void {
  assertRule(
    value === 'he' || (typeof value === 'number' && value > 0 && Number.isFinite(value)),
    key,
    "be positive or 'he'",
    value,
  );
}
