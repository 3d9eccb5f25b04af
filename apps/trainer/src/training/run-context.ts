import type { Dataset, UnreadablePairs } from '@cmcgan/sub-urmp';
import type { RunFolder, RunLog, TrainingRun } from '@cmcgan/training/node';
import type { ChosenPairs } from '../judging/choose-judged-pairs';
import type { TrainerOptions } from '../options/trainer-options';
import type { Progress } from '../progress/progress';
import type { RateMeter } from '../progress/rate-meter';
import type { Interrupt } from './interrupt';
import type { RunObserver } from './run-observer';

/** What a run is, before and while it trains. */
export interface RunFacts {
  readonly options: TrainerOptions;
  readonly folder: RunFolder;
  readonly dataset: Dataset;
  /** Pairs whose files have become unreadable while the run trains. */
  readonly unreadable: UnreadablePairs;
  /** Which pairs choose the best epoch, and which are trained on. */
  readonly chosenPairs: ChosenPairs;
  readonly observers: readonly RunObserver[];
  readonly log: RunLog;
  readonly progress: Progress;
  readonly rate: RateMeter;
  readonly interrupt: Interrupt;
  readonly nowMs: () => number;
}

/** The facts, with what @cmcgan/training knows of the run and lets observers ask of it. */
export type RunContext = RunFacts & TrainingRun;
