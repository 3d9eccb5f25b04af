import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { Optimizer } from '@cmcgan/tfjs-kernels';
import type { Cmcgan } from '@cmcgan/model';

/** One (micro-)batch on the backend. The caller makes the tensors and disposes of them after `run` has resolved. */
export interface TensorBatch {
  /** Real images, [B, 128, 128, 3] in [-1, 1]. */
  images: Tensor4D;
  /** Real sounds, [B, 128, 32, 1] in [-1, 1]; row i belongs to image i. */
  sounds: Tensor4D;
  /** For sample i the index, in this batch, of a sample of another instrument: its sound is the wrong one of Eq. 1. */
  wrongSounds: ArrayLike<number>;
  /** For sample i the index, in this batch, of a sample of another instrument: its image is the wrong one of Eq. 1. */
  wrongImages: ArrayLike<number>;
}

/** Where the latents z come from: independent draws of N(0, 1). @cmcgan/sub-urmp's `createRandom` fits. */
export interface NormalSource {
  normal(): number;
}

export interface TrainingStepOptions {
  /** λ, the weight of the consistency loss in the generator's total. The paper's preset: 1. */
  lambda?: number;
  /** Which generated samples the discriminator judges: the paths' ends (RF, FR), their intermediates (F, R), or both. */
  fakes?: 'ends' | 'intermediates' | 'both';
  /** Which generated samples the consistency loss supervises: the paths' ends (Eq. 3) or all outputs. */
  consistency?: 'ends' | 'all';
  /** K of Algorithm 1: generator updates for each discriminator update. */
  generatorUpdates?: number;
}

export interface TrainingStepSetup {
  model: Cmcgan;
  /** Over `model.discriminatorVariables`, in that order. */
  discriminatorOptimizer: Optimizer;
  /** Over `model.generatorVariables`, in that order. */
  generatorOptimizer: Optimizer;
  options?: TrainingStepOptions;
}

/** Losses as minimised (non-negative), means over the micro-batches; the generator's are of its last inner update. */
export interface StepLosses {
  /** total = wrong + fake (Eq. 1, negated). */
  discriminator: { total: number; wrong: number; fake: number };
  /** total = adversarial (Eq. 2, negated) + λ · consistency (Eq. 3). */
  generator: { total: number; adversarial: number; consistency: number };
}

export interface TrainingStep {
  /**
   * One step of Algorithm 1 over the batch that the micro-batches make up: the discriminator's update, then K generator updates.
   * Gradients are averaged over the micro-batches; batch statistics are per micro-batch. Resolves to the step's losses.
   */
  run(batches: readonly TensorBatch[], random: NormalSource): Promise<StepLosses>;
}

/** The training step of Algorithm 1 (paper: section 4), sharing whatever work its parts have in common. */
export function createTrainingStep(_setup: TrainingStepSetup): TrainingStep {
  throw new Error('createTrainingStep: under construction');
}
