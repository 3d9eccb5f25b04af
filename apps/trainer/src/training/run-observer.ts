import type { JudgedScore, RunPosition, StepRecord, TrainingObserver, TrainingRun } from '@cmcgan/training/node';
import type { Run } from './run';

/** An observer of a run that is also notified of scores, and receives each step as it is logged. */
export interface RunObserver extends Omit<TrainingObserver, 'afterStep' | 'beforeCheckpoint'> {
  /** After each step whose losses are finite; `position` already counts it. */
  afterStep?(run: TrainingRun, position: Readonly<RunPosition>, record: StepRecord): void | Promise<void>;
  /** After the judge has scored the samples of an epoch; within that epoch's `afterEpoch`. */
  afterScore?(position: Readonly<RunPosition>, score: JudgedScore): void | Promise<void>;
}

/** What observers are made from. */
export interface ObservedRun extends Run {
  /** Notifies the other observers of a score. */
  readonly tellScore: (position: Readonly<RunPosition>, score: JudgedScore) => Promise<void>;
}

/** Creates an observer of a run; null if its options don't ask for it. */
export type CreateRunObserver = (run: ObservedRun) => RunObserver | null;
