import type { Tensor, Tensor4D, Variable } from '@tensorflow/tfjs-core';
import type { ChenConfig } from './baselines/chen-config';
import type { CmcganConfig } from './config';
import type { GenerateFromOptions } from './generate-from';
import type { Way } from './paths';

/** A generator from a real sample of one modality: the sample, a latent for each decoder pass (or one for all), what to take. */
export type GenerateSample = (sample: Tensor, z?: Tensor | readonly Tensor[], options?: GenerateFromOptions) => Tensor4D;

/** Which networks, with their configuration as plain JSON. */
export interface ModelConfigs {
  cmcgan: CmcganConfig;
  chen: ChenConfig;
}

/** The name of a kind of networks, `architecture` in a saved model's config.json. */
export type Architecture = keyof ModelConfigs;

/** What every trained model has in common, CMCGAN or baseline: how it generates, and what a file of it holds. */
export interface CrossModalModel {
  readonly architecture: Architecture;
  readonly config: ModelConfigs[Architecture];
  /** Dimensions of z; 0: none. */
  readonly latentSize: number;
  /** Every way from a real sample to a generated one of the other modality. */
  readonly ways: readonly Way[];
  /** [B, 128, 32, 1] → [B, 128, 128, 3], both in [-1, 1]; there where a way starts from a sound. The caller owns the result. */
  readonly generateImage?: GenerateSample;
  /** [B, 128, 128, 3] → [B, 128, 32, 1]; there where a way starts from an image. */
  readonly generateSound?: GenerateSample;
  /** How many numbers there are to train, by network. */
  parameterCounts(): Readonly<Record<string, number>> & { readonly total: number };
  /** All variables by their stable names, moving averages included. They stay the model's own. */
  tensors(): Record<string, Variable>;
  dispose(): void;
}
