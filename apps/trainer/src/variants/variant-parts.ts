import type { ChenGan, Cmcgan } from '@cmcgan/model';
import type { TrainingStepOptions } from '@cmcgan/training';
import type { RunFacts } from '../training/run-context';

/** What the training before the training needs of a run. */
export type PreparedRun = Pick<RunFacts, 'dataset' | 'progress' | 'folder'>;

/** What a family of variants makes of options. */
export interface VariantParts<Model = Cmcgan | ChenGan> {
  /** Makes the networks; the same each time. */
  createModel(): Model;
  readonly stepOptions: TrainingStepOptions;
  /** What has to be done to the networks before the first step. Deterministic: a run that was killed here does it again. */
  prepare?(model: Model, run: PreparedRun): Promise<void>;
}
