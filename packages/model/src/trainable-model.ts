import type { Variable } from '@tensorflow/tfjs-core';
import type { CrossModalModel } from './cross-modal-model';
import type { GenerateOptions, Generated } from './generate';
import type { GeneratedRole, Path } from './paths';

/** What a training step needs of networks, beside their discriminator, which each judges in its own way. */
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
