import type { Resumable } from '@cmcgan/training';
import type { JudgedScore, RunOutcome, RunPosition, StepRecord } from '@cmcgan/training/node';
import type { TrainerOptions } from '../options/trainer-options';
import type { RunContext } from './run-context';

/**
 * Something that looks on while a run trains, as an observer of @cmcgan/training does, and is told of scores too. An error that it throws
 * ends the run; what is trained by then is saved first.
 */
export interface RunObserver {
  /** What it remembers between steps, if that matters after a resume. It is restored before `start`. */
  readonly resumable?: Resumable;
  /** Once in a process, before its first step. `position` is zero, or where a resumed run goes on. */
  start?(run: RunContext, position: Readonly<RunPosition>): void | Promise<void>;
  /** After each step whose losses are numbers; `position` counts it already. */
  afterStep?(run: RunContext, position: Readonly<RunPosition>, record: StepRecord): void | Promise<void>;
  /**
   * After each epoch, and after the last step where the run ends inside of one; before the checkpoint is saved, so that the checkpoint
   * holds what was found out here.
   */
  afterEpoch?(run: RunContext, position: Readonly<RunPosition>): void | Promise<void>;
  /** After each checkpoint, those inside of an epoch too: it is on the disk. */
  afterCheckpoint?(run: RunContext, position: Readonly<RunPosition>): void | Promise<void>;
  /** After the judge has scored the samples of an epoch; within that epoch's `afterEpoch`. */
  afterScore?(run: RunContext, position: Readonly<RunPosition>, score: JudgedScore): void | Promise<void>;
  /** Once, whatever way the run ended, after the last checkpoint: close files, write what is written once. Not after `kill -9`. */
  finish?(run: RunContext, position: Readonly<RunPosition>, outcome: RunOutcome): void | Promise<void>;
}

/** Makes an observer for a run with these options; null where they don't ask for it. */
export type CreateRunObserver = (options: TrainerOptions) => RunObserver | null;
