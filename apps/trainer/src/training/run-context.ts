import type { Dataset } from '@cmcgan/sub-urmp';
import type { TrainerOptions } from '../options/trainer-options';
import type { Progress } from '../progress/progress';
import type { RateMeter } from '../progress/rate-meter';
import type { RunFolder } from '../run/create-run-folder';
import type { StepLog } from '../run/step-log';
import type { Sampler } from '../samples/sampler';
import type { Trainee } from './create-trainee';
import type { Interrupt } from './interrupt';

/** Everything that one run works with. */
export interface RunContext {
  readonly options: TrainerOptions;
  readonly folder: RunFolder;
  readonly dataset: Dataset;
  readonly trainee: Trainee;
  readonly sampler: Sampler;
  readonly log: StepLog;
  readonly progress: Progress;
  readonly rate: RateMeter;
  readonly interrupt: Interrupt;
  readonly nowMs: () => number;
  readonly stepsPerEpoch: number;
  /** Steps of the whole run. */
  readonly totalSteps: number;
  /** When, on `nowMs`' clock, the time that the options give the run is over; Infinity without such a limit. */
  readonly endMs: number;
}

/** Where a run stands; changes as it goes. */
export interface RunPosition {
  /** Steps taken. */
  step: number;
  /** Epochs finished. */
  epoch: number;
  /** Steps taken in the epoch that is not finished. */
  epochStep: number;
}
