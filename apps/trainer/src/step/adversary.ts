import type { Cmcgan, Generated, GeneratedRole, StatisticsUpdate } from '@cmcgan/model';
import type { Scalar } from '@tensorflow/tfjs-core';
import type { RealFeatures } from './judge-pairs';
import type { LossParts } from './step-losses';
import type { TensorBatch } from './tensor-batch';

/** Samples that the discriminator is to judge, and the real ones beside them. */
export interface Judged {
  model: Cmcgan;
  batch: TensorBatch;
  generated: Generated;
  /** Which of the generated ones are judged. */
  fakes: readonly GeneratedRole[];
}

/** The adversarial loss: what discriminator and generator play for. */
export interface Adversary {
  /** What the discriminator minimises; inside a tape. */
  discriminatorLoss(judged: Judged, onStatistics: (update: StatisticsUpdate) => void): LossParts;
  /**
   * The discriminator's features of the real samples where the generator's loss needs them. They stay the same through all generator
   * updates of a step. The caller owns them.
   */
  realFeatures(model: Cmcgan, batch: TensorBatch): RealFeatures | undefined;
  /** What the generator minimises; inside a tape. */
  generatorLoss(judged: Judged, real: RealFeatures | undefined): Scalar;
}
