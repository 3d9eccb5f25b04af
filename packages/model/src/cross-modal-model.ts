import type { Tensor, Tensor4D, Variable } from '@tensorflow/tfjs-core';
import type { ChenConfig } from './baselines/chen-config';
import type { CmcganConfig } from './config';
import type { GenerateOptions, Generated } from './generate';
import type { GeneratedRole, Output, Path, Way } from './paths';

/** How to generate from a real sample. */
export interface GenerateFromOptions {
  /** 'pathEnd', the default of CMCGAN: V→V→A or A→A→V (paper: FR_*). 'direct', the only one of LCGAN and the baselines: V→A or A→V (F_*). */
  output?: Output;
  /** Normalise by the moving statistics (default) or by those of this batch. */
  statistics?: 'moving' | 'batch';
}

/** Generates from a real sample of one modality, with a latent for each decoder pass, or one for all. */
export type GenerateSample = (sample: Tensor, z?: Tensor | readonly Tensor[], options?: GenerateFromOptions) => Tensor4D;

/** The architectures, each with its configuration as plain JSON. */
export interface ModelConfigs {
  cmcgan: CmcganConfig;
  chen: ChenConfig;
}

/** An architecture's name: `architecture` in a saved model's config.json. */
export type Architecture = keyof ModelConfigs;

/** What CMCGAN and the baselines have in common: how they generate, and what is saved of them. */
export interface CrossModalModel {
  readonly architecture: Architecture;
  readonly config: ModelConfigs[Architecture];
  /** Dimensions of z; 0: none. */
  readonly latentSize: number;
  /** Every way from a real sample to a generated one of the other modality. */
  readonly ways: readonly Way[];
  /** [B, 128, 32, 1] → [B, 128, 128, 3], both in [-1, 1]. Undefined if no way starts from a sound. The caller owns the result. */
  readonly generateImage?: GenerateSample;
  /** [B, 128, 128, 3] → [B, 128, 32, 1]. Undefined if no way starts from an image. */
  readonly generateSound?: GenerateSample;
  /** Trainable parameters by network. */
  parameterCounts(): Readonly<Record<string, number>> & { readonly total: number };
  /** All variables by their stable names, moving averages included. They stay the model's own. */
  tensors(): Record<string, Variable>;
  dispose(): void;
}

/** What a training step needs of a model, apart from its discriminator, which differs between architectures. */
export interface TrainableModel extends CrossModalModel {
  /** The paths over both modalities; none in a baseline. */
  readonly paths: readonly Path[];
  /** Every sample that the networks generate in training. */
  readonly roles: readonly GeneratedRole[];
  /** What training changes, in a fixed order; moving averages are not among them. */
  readonly generatorVariables: readonly Variable[];
  readonly discriminatorVariables: readonly Variable[];
  /** Generates samples of the roles asked for, computing what they share once. The caller owns what is returned. */
  generate(options: GenerateOptions): Generated;
}
