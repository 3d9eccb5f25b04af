import type { ConsistencyPair } from '@cmcgan/losses';
import { modalityOf, takeRoles } from '@cmcgan/model';
import type { Cmcgan, GeneratedRole, Modality, RoleBatch, StatisticsUpdate } from '@cmcgan/model';
import { concat, matMul, split } from '@tensorflow/tfjs-core';
import type { Scalar, Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import type { LossParts } from '../step-losses';
import type { output } from 'zod/mini';
import type { StepBatch } from '../step-inputs';
import type { stepOptionsSchema } from '../step-options';
import type { Transforms } from '../transforms/draw-transforms';
import { transformSamples } from '../transforms/transform-samples';

/** Generated samples for the discriminator to judge, with the real ones of the batch. */
export interface Judged {
  batch: StepBatch;
  generated: readonly RoleBatch<GeneratedRole>[];
  /** Roles of the generated samples to judge. */
  fakes: readonly GeneratedRole[];
  /** How the samples are changed before they are judged; undefined: not at all. */
  transforms: Transforms | undefined;
}

/** The discriminator's features of a batch's real samples, by name. */
export type RealFeatures = Readonly<Record<string, Tensor>>;

/** Receives batch statistics during evaluation. */
export type OnStatistics = (update: StatisticsUpdate) => void;

/** Weights of further parts of the discriminator's loss. */
export type PartWeights = Pick<output<typeof stepOptionsSchema>, 'gradientPenalty' | 'classification' | 'contrastive'>;

/** The adversarial losses of a model's discriminator and generator. */
export interface Adversary {
  /** Whether the discriminator judges pairs, as a gradient penalty and the contrastive loss need it. */
  readonly judgesPairs: boolean;
  /** Classes that the discriminator's auxiliary classifier tells apart; 0: it has none. */
  readonly classes: number;
  /** The discriminator's loss, with further parts of the given weights; called inside a tape. */
  discriminatorLoss(judged: Judged & PartWeights, onStatistics: OnStatistics): LossParts;
  /** Features of the real samples that the generator's loss needs, the same for all generator updates of a step. The caller owns them. */
  realFeatures(batch: StepBatch): RealFeatures;
  /** The generator's loss; called inside a tape. */
  generatorLoss(judged: Judged, real: RealFeatures): GeneratorJudgment;
}

/** How a discriminator judges generated samples. */
export interface GeneratorJudgment {
  readonly adversarial: Scalar;
  /** Its features of generated samples and of the real ones that they should equal; none where it compares no pairs. */
  readonly features: readonly ConsistencyPair[];
  /** The auxiliary classifier's loss on the generated samples; undefined if the batch has no classes. */
  readonly classification?: Scalar;
  /**
   * The contrastive loss of the generated samples with the real ones of the other modality, and of the real samples' codes, summed; undefined if the
   * discriminator judges no pairs.
   */
  contrastive?(): Scalar;
}

/** A batch's real samples of one modality. */
export function realSamples({ images, sounds }: StepBatch, modality: Modality): Tensor4D {
  return modality === 'V' ? images : sounds;
}

/** Samples as the discriminator sees them: changed at random if there are transforms. A missing part of a sound is silent, one of a picture grey. */
export function seen(
  samples: Tensor4D,
  kind: 'real' | 'fake',
  { modality, transforms }: Pick<Judged, 'transforms'> & { modality: Modality },
): Tensor4D {
  return transformSamples(samples, transforms?.[kind][modality], modality === 'V' ? 0 : -1);
}

/** Which samples pass through a trunk together. */
export interface TrunkPass {
  modality: Modality;
  /** Whether the batch's real samples come first. */
  withReal: boolean;
  onStatistics?: OnStatistics;
}

/** The discriminator's features [B, F] of the samples to judge, by role. They pass through the trunk in one batch, each role normalised by itself. */
export function trunkFeatures({ discriminator }: Cmcgan, judged: Judged, pass: TrunkPass): Tensor2D[] {
  const { modality, withReal, onStatistics } = pass;
  const { batch, generated, fakes, transforms } = judged;
  const roles = generated.flatMap((each) => each.roles).filter((role) => fakes.includes(role) && modalityOf(role) === modality);
  const fake = seen(takeRoles(generated, roles), 'fake', { modality, transforms });
  const real = () => seen(realSamples(batch, modality), 'real', { modality, transforms });
  const samples = withReal ? concat([real(), fake]) : fake;
  const role = [...(withReal ? ['real' as const] : []), ...roles.map(() => 'fake' as const)];
  const featuresOf = modality === 'V' ? discriminator.imageFeatures : discriminator.soundFeatures;
  const features = featuresOf(samples, { role, statistics: 'batch', onStatistics });
  return role.length === 1 ? [features] : split(features, role.length);
}

/**
 * Gathers rows of `features` [B, F] into [B, F] by a product with a one-hot matrix [B, B]. Its gradient is also a product, whereas that of a
 * gather needs a kernel that the wasm backend lacks. The caller owns the result.
 */
export const selectRows = (features: Tensor2D, oneHot: Tensor2D): Tensor2D => matMul(oneHot, features);
