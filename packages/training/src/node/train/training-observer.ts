import type { Resumable } from '../../resumable';
import type { StepLosses } from '../../step/step-losses';
import type { Trainer } from '../../trainer';
import type { TrainingBatch } from '../../training-batches';

/** The position of a run, which changes as it trains. */
export interface RunPosition {
  /** Steps taken. */
  step: number;
  /** Epochs finished. */
  epoch: number;
  /** Steps taken in the unfinished epoch. */
  epochStep: number;
  /** Milliseconds spent training, including grids and checkpoints, over all sessions of the run. */
  trainedMs: number;
}

/** The position at which every run starts. */
export const RUN_START: Readonly<RunPosition> = { step: 0, epoch: 0, epochStep: 0, trainedMs: 0 };

/** Number of the epoch that the last step belongs to, from 1. */
export function epochInProgress({ step }: Readonly<RunPosition>, stepsPerEpoch: number): number {
  return Math.ceil(step / stepsPerEpoch);
}

/** How a run ended: its steps or time used up, stopped by the signal, or an error. */
export type RunOutcome = 'complete' | 'interrupted' | 'failed';

/** Facts about a run while it trains. */
export interface TrainingFacts {
  /** The model to generate with: with `averageDecay`, the average of the weights. */
  readonly model: Trainer['model'];
  readonly stepsPerEpoch: number;
  /** Number of steps of the whole run. */
  readonly totalSteps: number;
  /** The learning rates of the last step. */
  learningRates(): { readonly generator: number; readonly discriminator: number };
  /** Milliseconds left of `maxMinutes`; Infinity without such a limit. */
  remainingMs(): number;
  /** Whether the run has used up its steps or its time, or was asked to end after this epoch. */
  isComplete(position: Readonly<RunPosition>): boolean;
  /** Why an observer asked the run to end early; null if none did. */
  stopReason(): string | null;
}

/** What an observer may ask of a run. */
export interface TrainingControls {
  /** Also keeps the next checkpoint under a second name, replacing an older one of that name. Safe if the process is killed. */
  alsoSaveAs(name: string): void;
  /** Ends the run after this epoch, as if it were complete. */
  stop(reason: string): void;
}

/** A run in training, as its observers see it. */
export type TrainingRun = TrainingFacts & TrainingControls;

/** How several ranks have shared a step's time, by the given clock; 0 without one. */
export interface RankTimes {
  readonly count: number;
  /** Milliseconds that the slowest and the fastest rank have computed. */
  readonly slowestMs: number;
  readonly fastestMs: number;
  /** Milliseconds of exchanges on the rank that has waited least: what they take by themselves. */
  readonly exchangeMs: number;
}

/** The report of a step. */
export interface StepReport {
  /** Counted from 1. */
  readonly epoch: number;
  readonly losses: StepLosses;
  /** By the given clock; 0 without one. */
  readonly stepMs: number;
  /** How several ranks have shared the step's time; left out for a lone process. */
  readonly ranks?: RankTimes;
  /** The step's batches, before any augmentation; of several ranks, rank 0's. */
  readonly batches: readonly TrainingBatch[];
}

/**
 * Observes a run while it trains. It must not change what is trained. When a killed run is resumed, an observer repeats what it did after
 * the last checkpoint, so its actions must be safe to repeat. An error thrown by an observer ends the run.
 */
export interface TrainingObserver {
  /** Its state between steps, if needed after a resume. Restored before `start`. */
  readonly resumable?: Resumable;
  /** Called once per session, before its first step. `position` is zero, or where a resumed run continues. */
  start?(run: TrainingRun, position: Readonly<RunPosition>): void | Promise<void>;
  /** Called after each step, which `position` already counts. Losses may be NaN, in which case the run fails right afterwards. */
  afterStep?(run: TrainingRun, position: Readonly<RunPosition>, report: StepReport): void | Promise<void>;
  /** Called after each epoch, and after the last step if the run ends within one, before the checkpoint is saved. */
  afterEpoch?(run: TrainingRun, position: Readonly<RunPosition>): void | Promise<void>;
  /** Called before each checkpoint, to write whatever must not be older than it. */
  beforeCheckpoint?(run: TrainingRun, position: Readonly<RunPosition>): void | Promise<void>;
  /**
   * Called when a checkpoint is on the disk, including those within an epoch. Training has gone on meanwhile: `position` is where the
   * checkpoint stands.
   */
  afterCheckpoint?(run: TrainingRun, position: Readonly<RunPosition>): void | Promise<void>;
  /** Called once, however the run ended, to close files and write final results. `error`: that of a failed run. Not after `kill -9`. */
  finish?(run: TrainingRun, position: Readonly<RunPosition>, outcome: RunOutcome, error?: unknown): void | Promise<void>;
}
