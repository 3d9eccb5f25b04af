import type { ChenConfig, Depth } from '@cmcgan/model';

/** Trainer options that a variant may set, by path. */
interface VariantOptions {
  'model.depth': Depth;
  'model.latentSize': number;
  'model.paths': 'four' | 'two';
  'model.discriminator.kind': 'joint' | 'unimodal';
  'step.classification': number;
  'step.contrastive': number;
  contrastiveSteps: number;
  decoderSteps: number;
  pathSteps: number;
  similarMeans: number;
  'optimizers.generator.encoders': 'learn' | 'frozen';
  'step.modeSeeking': number;
}

interface VariantRow {
  /** One line for --help. */
  readonly summary: string;
  /** The options that define the variant: any other value is a conflict. */
  readonly sets: Partial<VariantOptions>;
}

/** CMCGAN, whole or without some part. */
interface CmcganVariant extends VariantRow {
  readonly family: 'cmcgan';
}

/** A baseline of Chen et al. */
interface ChenVariant extends VariantRow {
  readonly family: 'chen';
  readonly networks: Pick<ChenConfig, 'from' | 'feature'>;
}

/** One variant. */
export type Variant = CmcganVariant | ChenVariant;

const cmcgan = (summary: string, sets: Partial<VariantOptions>): Variant => ({ family: 'cmcgan', summary, sets });
/** Without Z, and so without the loss that makes it matter. */
const NO_LATENT = { 'model.latentSize': 0, 'step.modeSeeking': 0 } as const;
/** Where the discriminator judges no pairs; without what they learn by it, encoders cannot be frozen. */
const NO_CONTRAST = {
  'step.contrastive': 0,
  contrastiveSteps: 0,
  decoderSteps: 0,
  pathSteps: 0,
  similarMeans: 1,
  'optimizers.generator.encoders': 'learn',
} as const;
/** A baseline as it was published, so without an auxiliary classifier, contrastive loss and the loss that makes the latent matter. */
const chen = (summary: string, networks: ChenVariant['networks']): Variant => ({
  family: 'chen',
  summary,
  sets: { 'model.latentSize': 10, 'step.classification': 0, 'step.modeSeeking': 0, ...NO_CONTRAST },
  networks,
});

/** All variants by name (paper: section on experiments). To add one: one row. */
export const VARIANTS = {
  cmcgan: cmcgan('the full model: four paths, the joint discriminator, the latent Z', {}),
  'cmcgan-7': cmcgan('the same, with seven convolutions per encoder (Fig. 4)', { 'model.depth': 7 }),
  'cmcgan-6': cmcgan('six convolutions: one 512-channel layer fewer', { 'model.depth': 6 }),
  'cmcgan-5': cmcgan('five convolutions: without both 512-channel layers', { 'model.depth': 5 }),
  'nlcmcgan-7': cmcgan('CMCGAN-7 without Z', { 'model.depth': 7, ...NO_LATENT }),
  'nlcmcgan-6': cmcgan('CMCGAN-6 without Z', { 'model.depth': 6, ...NO_LATENT }),
  'nlcmcgan-5': cmcgan('CMCGAN-5 without Z', { 'model.depth': 5, ...NO_LATENT }),
  lcgan: cmcgan('only the paths V→A→V and A→V→A (Fig. 3)', { 'model.paths': 'two' }),
  'standard-loss': cmcgan('one discriminator per modality, which judges realism only (Fig. 5)', {
    'model.discriminator.kind': 'unimodal',
    ...NO_CONTRAST,
  }),
  s2ic: chen('baseline, sound to image, from the feature of a frozen sound classifier', { from: 'A', feature: 'classifier' }),
  i2s: chen('baseline, image to sound, from the feature of a frozen image classifier', { from: 'V', feature: 'classifier' }),
  's2i-n': chen('S2IC without the classifier: its encoder is trained with the generator', { from: 'A', feature: 'learnt' }),
  's2i-a': chen("S2IC from the feature of a frozen autoencoder's encoder", { from: 'A', feature: 'autoencoder' }),
} as const satisfies Record<string, Variant>;

/** Name of a variant. */
export type VariantName = keyof typeof VARIANTS;

export const VARIANT_NAMES = Object.keys(VARIANTS) as [VariantName, ...VariantName[]];

/** Options that a family does not use, by path: a flag that sets one is a conflict. */
export const UNUSED_OPTIONS: Record<Variant['family'], readonly string[]> = {
  cmcgan: ['baseline.featureClassifier', 'baseline.pretrainingSteps'],
  chen: [
    ...['model.depth', 'model.paths', 'model.outputActivation', 'model.codeSize', 'model.discriminator.kind'],
    ...['model.discriminator.hiddenUnits', 'model.discriminator.featureSize', 'step.lambda', 'step.fakes', 'step.consistency'],
    ...['step.cycle', 'step.imageDistance', 'step.spectralScales', 'step.featureMatching', 'step.gradientPenalty'],
  ],
};
