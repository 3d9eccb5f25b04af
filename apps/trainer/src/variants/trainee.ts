import type { ChenGan, Cmcgan, CrossModalModel } from '@cmcgan/model';
import type { Random } from '@cmcgan/sub-urmp';
import type { Optimizer } from '@cmcgan/tfjs-kernels';
import type { Resumable, StepLosses, StepPosition, TensorBatch, TrainingStepOptions } from '@cmcgan/training';
import type { RunContext } from '../training/run-context';

/** What the training before the training needs of a run. */
export type PreparedRun = Pick<RunContext, 'dataset' | 'progress' | 'folder'>;

/** What a run trains: networks, whatever changes with them, and the step that changes them. */
export interface Trainee {
  /** What generates: for grids, judges and files. */
  readonly model: CrossModalModel;
  readonly discriminatorOptimizer: Optimizer;
  readonly generatorOptimizer: Optimizer;
  readonly latentRandom: Random;
  readonly step: {
    /** One step over the micro-batches of an update; `position` is for what changes through a run: without it, it is as at the start. */
    run(batches: readonly TensorBatch[], random: Random, position?: StepPosition): Promise<StepLosses>;
  };
  /** All that the next step depends on, beside the model's tensors and the batches. */
  readonly resumables: readonly Resumable[];
  /** What has to be trained before the first step. Deterministic: a run that was killed here does it again. */
  prepare?(run: PreparedRun): Promise<void>;
  dispose(): void;
}

/** What a family of variants makes of options. */
export interface TraineeParts<Model = Cmcgan | ChenGan> {
  /** Makes the networks; the same each time. */
  createModel(): Model;
  readonly stepOptions: TrainingStepOptions;
  /** What has to be done to the networks before the first step. */
  prepare?(model: Model, run: PreparedRun): Promise<void>;
}
