import type { Tensor, Tensor4D, Variable } from '@tensorflow/tfjs-core';
import type { ChenConfig } from './baselines/chen-config';
import type { CmcganConfig } from './config';
import type { GenerateOptions } from './generate';
import type { GeneratedRole, Output, Path, Way } from './paths';
import type { Generated, RoleBatch } from './role-batch';

/** Options for generating from a real sample. */
export interface GenerateFromOptions {
  /** 'pathEnd', CMCGAN's default: V→V→A or A→A→V (paper: FR_*). 'direct', all that LCGAN and the baselines have: V→A or A→V (F_*). */
  output?: Output;
  /** Whether to normalise by the moving statistics (default) or by those of this batch. */
  statistics?: 'moving' | 'batch';
}

/** Generates from a real sample of one modality, with one latent for each decoder pass or one for all. */
export type GenerateSample = (sample: Tensor, z?: Tensor | readonly Tensor[], options?: GenerateFromOptions) => Tensor4D;

/** The architectures and the types of their configurations, which are plain JSON. */
export interface ModelConfigs {
  cmcgan: CmcganConfig;
  chen: ChenConfig;
}

/** Name of an architecture: `architecture` in a saved model's config.json. */
export type Architecture = keyof ModelConfigs;

/** The common interface of CMCGAN and the baselines: what generating and saving need. */
export interface CrossModalModel {
  readonly architecture: Architecture;
  readonly config: ModelConfigs[Architecture];
  /** Dimensions of z; 0: none. */
  readonly latentSize: number;
  /** All ways from a real sample to a generated one of the other modality. */
  readonly ways: readonly Way[];
  /** [B, 128, 32, 1] → [B, 128, 128, 3], both in [-1, 1]. Undefined if no way starts from a sound. The caller owns the result. */
  readonly generateImage?: GenerateSample;
  /** [B, 128, 128, 3] → [B, 128, 32, 1]. Undefined if no way starts from an image. */
  readonly generateSound?: GenerateSample;
  /** Trainable parameters by network. */
  parameterCounts(): Readonly<Record<string, number>> & { readonly total: number };
  /** All variables by their stable names, including moving averages. The model keeps ownership. */
  tensors(): Record<string, Variable>;
  dispose(): void;
}

/** What a training step needs of a model, apart from the discriminator, which differs between architectures. */
export interface TrainableModel extends CrossModalModel {
  /** The paths through both modalities; none in a baseline. */
  readonly paths: readonly Path[];
  /** All samples that the networks generate in training. */
  readonly roles: readonly GeneratedRole[];
  /** The generator's trainable variables, in a fixed order, without moving averages. */
  readonly generatorVariables: readonly Variable[];
  readonly discriminatorVariables: readonly Variable[];
  /** Generates samples of the given roles, computing shared parts once. The caller owns the result. */
  generate(options: GenerateOptions): Generated;
  /** The same in the batches in which they pass through the networks, without splitting them by role. The caller owns the result. */
  generateBatches(options: GenerateOptions): RoleBatch<GeneratedRole>[];
}
