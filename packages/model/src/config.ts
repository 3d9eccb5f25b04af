import * as z from 'zod/mini';
import { deviationOrHe, oneOf, parseOptions, positive, wholeNumber, withDefault } from '@cmcgan/options';
import { scaleChannels } from './architecture';
import { dataFactRules } from './data-facts';
import type { DataFacts } from './data-facts';

const discriminatorSchema = z.strictObject({
  /**
   * 'joint': one discriminator of pairs, which judges whether an image and a sound are real and match. 'unimodal': one for each modality,
   * which judges whether a sample is real, regardless of the other modality (paper: the standard adversarial loss of Fig. 5).
   */
  kind: withDefault(oneOf(['joint', 'unimodal']), 'joint'),
  /** What follows a trunk's convolutions, the first excepted: batch normalisation, or a bias alone. */
  normalisation: withDefault(oneOf(['batch', 'none']), 'batch'),
  /** Standard deviation of its initial weights, or 'he'. */
  initialisation: withDefault(deviationOrHe(), 0.02),
  /**
   * Units of a LeakyReLU layer between the (concatenated) features and the logit. 0: one dense layer, the literal reading, whose logit is
   * a sum of a term for the image and a term for the sound, so that it cannot tell a matching pair from a mismatched one.
   */
  hiddenUnits: withDefault(wholeNumber(0), 0),
  /** Scales the trunks' channel counts, as the generator's `width` does its own; null: the generator's. */
  width: withDefault(z.nullable(positive()), null),
  /** Channels of a trunk's last layer; null: 64 · the trunks' width. */
  featureSize: withDefault(z.nullable(wholeNumber(1)), null),
});

/** The options of a CMCGAN's networks: each with its rule, and the paper's value where it is left out. */
export const modelOptionsSchema = z.strictObject({
  /** Scales every channel count but the samples' and the latent's; 1 is the paper. */
  width: withDefault(positive(), 1),
  /** Convolutions per encoder and decoder: CMCGAN-5, -6, -7. */
  depth: withDefault(oneOf([5, 6, 7]), 7),
  /** Dimensions of z; 0 is the network without latent, NLCMCGAN. */
  latentSize: withDefault(wholeNumber(0), 100),
  /** 'two' is LCGAN: only V→A→V and A→V→A. */
  paths: withDefault(oneOf(['four', 'two']), 'four'),
  /** What ends a decoder. The paper's literal reading, 'batchNormLeakyRelu', cannot bound an image. */
  outputActivation: withDefault(oneOf(['tanh', 'batchNormLeakyRelu']), 'tanh'),
  /** Whether moving statistics are kept for each role a network plays, or one mixture for all. */
  statistics: withDefault(oneOf(['role', 'mixed']), 'role'),
  /** Channels of the code F; null: 64 · width. */
  codeSize: withDefault(z.nullable(wholeNumber(1)), null),
  /** Standard deviation of the generator's initial weights, or 'he': √(2 / fan-in). */
  initialisation: withDefault(deviationOrHe(), 0.02),
  discriminator: z.prefault(discriminatorSchema, {}),
});

const configSchema = z.extend(modelOptionsSchema, dataFactRules);

/** Options with a value for each: what null stands for is filled in. */
type Resolved<Options> = {
  [Key in keyof Options]: NonNullable<Options[Key]> extends object
    ? Resolved<NonNullable<Options[Key]>>
    : NonNullable<Options[Key]>;
};

/** The architecture as plain JSON, and what its data were where that is known. */
export type CmcganConfig = Resolved<z.output<typeof modelOptionsSchema>> & DataFacts;

/** The part of it that the discriminator is built from. */
export type DiscriminatorConfig = CmcganConfig['discriminator'];

/** The configuration with every value optional. */
export type CmcganOptions = z.input<typeof modelOptionsSchema> & DataFacts;

/** The whole configuration, the paper's values by default. Throws on unknown keys and values out of range. */
export function resolveConfig(options: CmcganOptions = {}): CmcganConfig {
  const parsed = parseOptions('resolveConfig', configSchema, options);
  const { width, codeSize, discriminator } = parsed;
  const discriminatorWidth = discriminator.width ?? width;
  const featureSize = discriminator.featureSize ?? scaleChannels(64, discriminatorWidth);
  return {
    ...parsed,
    codeSize: codeSize ?? scaleChannels(64, width),
    discriminator: { ...discriminator, width: discriminatorWidth, featureSize },
  };
}
