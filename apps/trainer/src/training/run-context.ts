import type { Dataset, UnreadablePairs } from '@cmcgan/sub-urmp';
import type { ChosenPairs } from '../judging/choose-judged-pairs';
import type { TrainerOptions } from '../options/trainer-options';
import type { Progress } from '../progress/progress';
import type { RateMeter } from '../progress/rate-meter';
import type { RunFolder } from '../run/run-folder';
import type { StepLog } from '../run/step-log';
import type { CheckpointTimer } from './checkpoint-timer';
import type { Trainee } from './create-trainee';
import type { Interrupt } from './interrupt';
import type { RunObserver } from './run-observer';

/** Everything that one run works with. */
export interface RunContext {
  readonly options: TrainerOptions;
  readonly folder: RunFolder;
  readonly dataset: Dataset;
  /** Pairs whose files have become unreadable while the run trains. */
  readonly unreadable: UnreadablePairs;
  /** Which pairs choose the best epoch, and which are trained on. */
  readonly chosenPairs: ChosenPairs;
  readonly trainee: Trainee;
  readonly observers: readonly RunObserver[];
  readonly log: StepLog;
  readonly progress: Progress;
  readonly rate: RateMeter;
  readonly interrupt: Interrupt;
  readonly nowMs: () => number;
  readonly stepsPerEpoch: number;
  /** Steps of the whole run. */
  readonly totalSteps: number;
  /** When, on `nowMs`' clock, the run would have started had it never been interrupted. */
  readonly startMs: number;
  /** When, on `nowMs`' clock, the time that the options give the run is over; Infinity without such a limit. */
  readonly endMs: number;
  /** Keeps the next checkpoint as checkpoints/<name> too, in the place of an older one of that name. Safe against kills. */
  readonly alsoSaveAs: (name: string) => void;
  /** Ends the run after this epoch, as if it were complete; the reason is its last word. */
  readonly stop: (reason: string) => void;
  /** Why the run is to end before its time; null where nobody asked for it. */
  readonly stopReason: string | null;
  readonly checkpointTimer: CheckpointTimer;
  /** Names that the next checkpoint is kept under. */
  readonly checkpointNames: Set<string>;
}

export type { RunPosition } from './run-position';
