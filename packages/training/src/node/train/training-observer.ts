import type { Resumable } from '../../resumable';
import type { StepLosses } from '../../step/step-losses';
import type { Trainer } from '../../trainer';
import type { TrainingBatch } from '../../training-batches';

/** Where a run stands; changes as it goes. */
export interface RunPosition {
  /** Steps taken. */
  step: number;
  /** Epochs finished. */
  epoch: number;
  /** Steps taken in the epoch that is not finished. */
  epochStep: number;
  /** Milliseconds spent training, with grids and checkpoints, in all processes that the run went through. */
  trainedMs: number;
}

/** Where every run starts. */
export const RUN_START: Readonly<RunPosition> = { step: 0, epoch: 0, epochStep: 0, trainedMs: 0 };

/** Number, from 1, of the epoch that the last step taken belongs to. */
export function epochInProgress({ step }: Readonly<RunPosition>, stepsPerEpoch: number): number {
  return Math.ceil(step / stepsPerEpoch);
}

/** How a run ended: all steps or all time taken, stopped by the signal, or an error. */
export type RunOutcome = 'complete' | 'interrupted' | 'failed';

/** What there is to know of a run while it trains. */
export interface TrainingFacts {
  /** What generates: with `averageDecay` the average of the weights. */
  readonly model: Trainer['model'];
  readonly stepsPerEpoch: number;
  /** Steps of the whole run. */
  readonly totalSteps: number;
  /** Those of the newest step. */
  learningRates(): { readonly generator: number; readonly discriminator: number };
  /** Milliseconds that `maxMinutes` leaves; Infinity without such a limit. */
  remainingMs(): number;
  /** Whether the run has taken all its steps, or all its time, or is to end after this epoch. */
  isComplete(position: Readonly<RunPosition>): boolean;
  /** Why the run is to end before its time; null where nobody asked for it. */
  stopReason(): string | null;
}

/** What an observer may ask of a run. */
export interface TrainingControls {
  /** Keeps the next checkpoint under a second name too, in the place of an older one of that name. Safe against kills. */
  alsoSaveAs(name: string): void;
  /** Ends the run after this epoch, as if it were complete. */
  stop(reason: string): void;
}

/** A run that trains, as its observers see it. */
export type TrainingRun = TrainingFacts & TrainingControls;

/** What a step was about. */
export interface StepReport {
  /** Counted from 1. */
  readonly epoch: number;
  readonly losses: StepLosses;
  /** By the clock given; 0 without one. */
  readonly stepMs: number;
  /** What the step saw, before any augmentation. */
  readonly batches: readonly TrainingBatch[];
}

/**
 * Something that looks on while a run trains, and writes what it sees. It must not change what is trained. What it did after the newest
 * checkpoint is done again when a killed run is resumed from there, so doing it twice must do no harm. An error thrown by an observer
 * ends the run.
 */
export interface TrainingObserver {
  /** What it remembers between steps, if that matters after a resume. It is restored before `start`. */
  readonly resumable?: Resumable;
  /** Once in a process, before its first step. `position` is zero, or where a resumed run continues. */
  start?(run: TrainingRun, position: Readonly<RunPosition>): void | Promise<void>;
  /** After each step; `position` counts it already. Losses may be NaN: the run then fails right after. */
  afterStep?(run: TrainingRun, position: Readonly<RunPosition>, report: StepReport): void | Promise<void>;
  /** After each epoch, and after the last step where the run ends inside of one; before the checkpoint is saved. */
  afterEpoch?(run: TrainingRun, position: Readonly<RunPosition>): void | Promise<void>;
  /** Before each checkpoint: what it must not be newer than is written now. */
  beforeCheckpoint?(run: TrainingRun, position: Readonly<RunPosition>): void | Promise<void>;
  /** After each checkpoint, those inside of an epoch too: it is on the disk. */
  afterCheckpoint?(run: TrainingRun, position: Readonly<RunPosition>): void | Promise<void>;
  /** Once, whatever way the run ended: close files, write what is written once. `error`: of a run that failed. Not after `kill -9`. */
  finish?(run: TrainingRun, position: Readonly<RunPosition>, outcome: RunOutcome, error?: unknown): void | Promise<void>;
}
