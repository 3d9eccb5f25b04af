import * as z from 'zod/mini';
import { deviationOrHe, oneOf, parseOptions, positive, wholeNumber, withDefault } from '@cmcgan/options';
import { dataFactRules } from '../data-facts';
import type { DataFacts } from '../data-facts';
import { CHEN_FEATURE_SIZE, CHEN_LATENT_SIZE } from './chen-architecture';

/**
 * Where φ comes from: the convolutions of a classifier of the source modality, frozen (S2IC, I2S); those of an autoencoder, frozen (S2I-A);
 * or 'learnt' together with the generator, without any training before (S2I-N).
 */
export type ChenFeature = 'classifier' | 'autoencoder' | 'learnt';

const discriminatorSchema = z.strictObject({
  /** Scales its channel counts; the generator's width when not given. */
  width: z.optional(positive()),
  /** What follows its convolutions, the first excepted. */
  normalisation: withDefault(oneOf(['batch', 'none']), 'batch'),
  initialisation: withDefault(deviationOrHe(), 0.02),
  /** Whether moving statistics are kept for real and for generated samples, or one mixture for both. */
  statistics: withDefault(oneOf(['role', 'mixed']), 'role'),
});

const chenSchema = z.strictObject({
  /** The modality that it generates from: A is sound-to-image, V is image-to-sound. */
  from: withDefault(oneOf(['V', 'A']), 'A'),
  feature: withDefault(oneOf(['classifier', 'autoencoder', 'learnt']), 'classifier'),
  /** Scales every channel count but the samples', φ's and z's. */
  width: withDefault(positive(), 1),
  featureSize: withDefault(wholeNumber(1), CHEN_FEATURE_SIZE),
  latentSize: withDefault(wholeNumber(0), CHEN_LATENT_SIZE),
  initialisation: withDefault(deviationOrHe(), 0.02),
  discriminator: z.prefault(discriminatorSchema, {}),
});

const configSchema = z.extend(chenSchema, dataFactRules);

type Parsed = z.output<typeof chenSchema>;

/** A baseline's architecture as plain JSON, and what its data were where that is known. */
export type ChenConfig = Parsed & { discriminator: Required<Parsed['discriminator']> } & DataFacts;

/** What a caller may leave out: all but the direction. */
export type ChenOptions = Pick<ChenConfig, 'from'> & z.input<typeof chenSchema> & DataFacts;

/** The whole configuration. Throws on unknown keys and values out of range. */
export function resolveChenConfig(options: ChenOptions): ChenConfig {
  const config = parseOptions('resolveChenConfig', configSchema, options);
  return { ...config, discriminator: { ...config.discriminator, width: config.discriminator.width ?? config.width } };
}
