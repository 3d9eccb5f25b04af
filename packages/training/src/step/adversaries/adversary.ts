import type { Generated, GeneratedRole, StatisticsUpdate } from '@cmcgan/model';
import { matMul, tensor2d, tidy } from '@tensorflow/tfjs-core';
import type { Scalar, Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import type { LossParts } from '../step-losses';
import type { TensorBatch } from '../../training-batches';

/** Generated samples for the discriminator to judge, with the real ones of the batch. */
export interface Judged {
  batch: TensorBatch;
  generated: Generated;
  /** Roles of the generated samples to judge. */
  fakes: readonly GeneratedRole[];
}

/** The discriminator's features of a batch's real samples, by name. */
export type RealFeatures = Readonly<Record<string, Tensor>>;

/** Receives batch statistics during evaluation. */
export type OnStatistics = (update: StatisticsUpdate) => void;

/** The adversarial losses of a model's discriminator and generator. */
export interface Adversary {
  /** The discriminator's loss; called inside a tape. */
  discriminatorLoss(judged: Judged, onStatistics: OnStatistics): LossParts;
  /** Features of the real samples that the generator's loss needs, the same for all generator updates of a step. The caller owns them. */
  realFeatures(batch: TensorBatch): RealFeatures;
  /** The generator's loss; called inside a tape. */
  generatorLoss(judged: Judged, real: RealFeatures): Scalar;
}

/**
 * Gathers the rows `indices` of `features` [B, F] into [B, F] by a product with a one-hot matrix [B, B]. Its gradient is also a product,
 * whereas that of a gather needs a kernel that the wasm backend lacks. The caller owns the result.
 */
export function selectRows(features: Tensor2D, indices: ArrayLike<number>): Tensor2D {
  const size = indices.length;
  const oneHot = new Float32Array(size * size);
  for (let i = 0; i < size; i++) oneHot[i * size + indices[i]] = 1;
  return tidy(() => matMul(tensor2d(oneHot, [size, size]), features));
}
