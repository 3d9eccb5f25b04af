import * as z from 'zod/mini';
import { deviationOrHe, oneOf, parseOptions, positive, wholeNumber, withDefault } from '@cmcgan/options';
import { scaleChannels } from './architecture';
import { dataFactRules } from './data-facts';
import type { DataFacts } from './data-facts';

const discriminatorSchema = z.strictObject({
  /**
   * 'joint': one discriminator for pairs, which judges whether an image and a sound are real and match. 'unimodal': one for each modality,
   * which judges whether a sample is real, regardless of the other modality (paper: the standard adversarial loss of Fig. 5).
   */
  kind: withDefault(oneOf(['joint', 'unimodal']), 'joint'),
  /** What follows a trunk's convolutions, except the first: batch normalisation, or only a bias. */
  normalisation: withDefault(oneOf(['batch', 'none']), 'batch'),
  /** Standard deviation of its initial weights, or 'he'. */
  initialisation: withDefault(deviationOrHe(), 0.02),
  /**
   * Units of a LeakyReLU layer between the (concatenated) features and the logit. 0: only a dense layer, as in a literal reading of the
   * paper. Its logit is the sum of a term for the image and a term for the sound, so it cannot tell matching pairs from mismatched ones.
   */
  hiddenUnits: withDefault(wholeNumber(0), 0),
  /** Scales the trunks' channel counts; null: the generator's `width`. */
  width: withDefault(z.nullable(positive()), null),
  /** Channels of a trunk's last layer; null: 64 · the trunks' width. */
  featureSize: withDefault(z.nullable(wholeNumber(1)), null),
});

/** Schema of the options of a CMCGAN's networks, with the paper's values as defaults. */
export const modelOptionsSchema = z.strictObject({
  /** Scales every channel count except those of the samples and the latent; 1 is the paper. */
  width: withDefault(positive(), 1),
  /** Convolutions per encoder and decoder: CMCGAN-5, -6, -7. */
  depth: withDefault(oneOf([5, 6, 7]), 7),
  /** Dimensions of z; 0 is the network without a latent, NLCMCGAN. */
  latentSize: withDefault(wholeNumber(0), 100),
  /** 'two' is LCGAN: only V→A→V and A→V→A. */
  paths: withDefault(oneOf(['four', 'two']), 'four'),
  /** The end of a decoder. 'batchNormLeakyRelu', the literal reading of the paper, does not limit the range of an image. */
  outputActivation: withDefault(oneOf(['tanh', 'batchNormLeakyRelu']), 'tanh'),
  /** Whether moving statistics are kept separately for each role of a network's inputs ('role'), or together ('mixed'). */
  statistics: withDefault(oneOf(['role', 'mixed']), 'role'),
  /** Channels of the code F; null: 64 · width. */
  codeSize: withDefault(z.nullable(wholeNumber(1)), null),
  /** Standard deviation of the generator's initial weights, or 'he': √(2 / fan-in). */
  initialisation: withDefault(deviationOrHe(), 0.02),
  discriminator: z.prefault(discriminatorSchema, {}),
});

const configSchema = z.extend(modelOptionsSchema, {
  classes: z.optional(wholeNumber(0)),
  ...dataFactRules,
});

/** Options with a value for each: null is replaced by its meaning. */
type Resolved<Options> = {
  [Key in keyof Options]: NonNullable<Options[Key]> extends object
    ? Resolved<NonNullable<Options[Key]>>
    : NonNullable<Options[Key]>;
};

interface Classified {
  /**
   * Classes that the discriminator's auxiliary classifier (Odena et al. 2017) tells apart, by a dense layer after each trunk; 0 or left out: it has
   * none, as in the paper.
   */
  classes?: number;
}

/** The architecture as plain JSON, and a description of its data if that is known. */
export type CmcganConfig = Resolved<z.output<typeof modelOptionsSchema>> & Classified & DataFacts;

/** The part of the configuration that describes the discriminator. */
export type DiscriminatorConfig = CmcganConfig['discriminator'];

/** The configuration with every value optional. */
export type CmcganOptions = z.input<typeof modelOptionsSchema> & Classified & DataFacts;

/** Fills in the defaults, which are the paper's values. Throws on unknown keys and values out of range. */
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
