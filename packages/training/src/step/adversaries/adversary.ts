import type { Generated, GeneratedRole, StatisticsUpdate } from '@cmcgan/model';
import { matMul, tensor2d, tidy } from '@tensorflow/tfjs-core';
import type { Scalar, Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import type { LossParts } from '../step-losses';
import type { TensorBatch } from '../../training-batches';

/** Generated samples that the discriminator is to judge, and the real ones beside them. */
export interface Judged {
  batch: TensorBatch;
  generated: Generated;
  /** Which of the generated ones are judged. */
  fakes: readonly GeneratedRole[];
}

/** What the discriminator says of a batch's real samples, by name. */
export type RealFeatures = Readonly<Record<string, Tensor>>;

/** Is given the batch statistics of what is evaluated. */
export type OnStatistics = (update: StatisticsUpdate) => void;

/** The adversarial loss over a model: what discriminator and generator play for. */
export interface Adversary {
  /** What the discriminator minimises; inside a tape. */
  discriminatorLoss(judged: Judged, onStatistics: OnStatistics): LossParts;
  /** What the generator's loss needs of the real samples: the same for all generator updates of a step. The caller owns it. */
  realFeatures(batch: TensorBatch): RealFeatures;
  /** What the generator minimises; inside a tape. */
  generatorLoss(judged: Judged, real: RealFeatures): Scalar;
}

/**
 * The rows of `features` [B, F] that `indices` name, [B, F], as a product with a one-hot matrix [B, B]: its gradient is another such
 * product, where that of a gather needs a kernel that the wasm backend lacks. The caller owns the result.
 */
export function selectRows(features: Tensor2D, indices: ArrayLike<number>): Tensor2D {
  const size = indices.length;
  const oneHot = new Float32Array(size * size);
  for (let i = 0; i < size; i++) oneHot[i * size + indices[i]] = 1;
  return tidy(() => matMul(tensor2d(oneHot, [size, size]), features));
}
