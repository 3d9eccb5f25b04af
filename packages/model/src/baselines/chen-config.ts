import * as z from 'zod/mini';
import { deviationOrHe, oneOf, parseOptions, positive, wholeNumber, withDefault } from '@cmcgan/options';
import { dataFactRules } from '../data-facts';
import type { DataFacts } from '../data-facts';
import { CHEN_FEATURE_SIZE, CHEN_LATENT_SIZE } from './chen-architecture';

/**
 * Where φ comes from: the convolutions of a classifier of the source modality, frozen (S2IC, I2S); those of an autoencoder, frozen (S2I-A);
 * or 'learnt' together with the generator, without pretraining (S2I-N).
 */
export type ChenFeature = 'classifier' | 'autoencoder' | 'learnt';

const discriminatorSchema = z.strictObject({
  /** Scales its channel counts. Default: the generator's width. */
  width: z.optional(positive()),
  /** What follows its convolutions, except the first. */
  normalisation: withDefault(oneOf(['batch', 'none']), 'batch'),
  initialisation: withDefault(deviationOrHe(), 0.02),
  /** Whether moving statistics are kept separately for real and generated samples ('role'), or together ('mixed'). */
  statistics: withDefault(oneOf(['role', 'mixed']), 'role'),
});

const chenSchema = z.strictObject({
  /** The modality to generate from: A is sound-to-image, V is image-to-sound. */
  from: withDefault(oneOf(['V', 'A']), 'A'),
  feature: withDefault(oneOf(['classifier', 'autoencoder', 'learnt']), 'classifier'),
  /** Scales every channel count except those of the samples, φ and z. */
  width: withDefault(positive(), 1),
  featureSize: withDefault(wholeNumber(1), CHEN_FEATURE_SIZE),
  latentSize: withDefault(wholeNumber(0), CHEN_LATENT_SIZE),
  initialisation: withDefault(deviationOrHe(), 0.02),
  discriminator: z.prefault(discriminatorSchema, {}),
});

const configSchema = z.extend(chenSchema, dataFactRules);

type Parsed = z.output<typeof chenSchema>;

/** A baseline's architecture as plain JSON, and a description of its data if that is known. */
export type ChenConfig = Parsed & { discriminator: Required<Parsed['discriminator']> } & DataFacts;

/** The configuration with everything optional except the direction. */
export type ChenOptions = Pick<ChenConfig, 'from'> & z.input<typeof chenSchema> & DataFacts;

/** Fills in the defaults. Throws on unknown keys and values out of range. */
export function resolveChenConfig(options: ChenOptions): ChenConfig {
  const config = parseOptions('resolveChenConfig', configSchema, options);
  return { ...config, discriminator: { ...config.discriminator, width: config.discriminator.width ?? config.width } };
}
