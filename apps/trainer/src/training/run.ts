import type { Dataset, UnreadablePairs } from '@cmcgan/sub-urmp';
import type { RunFolder, RunLog } from '@cmcgan/training/node';
import type { ChosenPairs } from '../judging/choose-judged-pairs';
import type { TrainerOptions } from '../options/trainer-options';
import type { Progress } from '../progress/progress';
import type { Interrupt } from './interrupt';

/** What is fixed before a run's first step. */
export interface RunFacts {
  readonly options: TrainerOptions;
  readonly folder: RunFolder;
  /** Without the pairs held out to choose the best epoch. */
  readonly dataset: Dataset;
  /** Which pairs choose the best epoch, and which are trained on. */
  readonly chosenPairs: ChosenPairs;
}

/** What a run reports to, and what can stop it. */
export interface RunControls {
  readonly progress: Progress;
  readonly log: RunLog;
  readonly interrupt: Interrupt;
  /** Pairs whose files have become unreadable while the run trains. */
  readonly unreadable: UnreadablePairs;
  /** A monotonic clock, in milliseconds. */
  readonly nowMs: () => number;
}

/** A run that is ready to be trained. */
export type Run = RunFacts & RunControls;
