import type { Generated, GeneratedRole, StatisticsUpdate } from '@cmcgan/model';
import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import type { LossParts } from '../step-losses';
import type { TensorBatch } from '../tensor-batch';

/** Generated samples that the discriminator is to judge, and the real ones beside them. */
export interface Judged {
  batch: TensorBatch;
  generated: Generated;
  /** Which of the generated ones are judged. */
  fakes: readonly GeneratedRole[];
}

/** What the discriminator says of a batch's real samples, by name. */
export type RealFeatures = Readonly<Record<string, Tensor>>;

/** Is told the batch statistics of what is evaluated. */
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
