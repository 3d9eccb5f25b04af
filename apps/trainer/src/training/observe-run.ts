import { describeError } from '@cmcgan/command-line';
import type { JudgedScore, RunOutcome, RunPosition, StepRecord } from '@cmcgan/training/node';
import type { RunContext } from './run-context';

/** Tells every observer that training starts, one after the other. */
export async function observeStart(run: RunContext, position: Readonly<RunPosition>): Promise<void> {
  for (const observer of run.observers) await observer.start?.(run, position);
}

/** Tells every observer of a finished step. */
export async function observeStep(run: RunContext, position: Readonly<RunPosition>, record: StepRecord): Promise<void> {
  for (const observer of run.observers) await observer.afterStep?.(run, position, record);
}

/** Tells every observer how the judge scored the samples. */
export async function observeScore(run: RunContext, position: Readonly<RunPosition>, score: JudgedScore): Promise<void> {
  for (const observer of run.observers) await observer.afterScore?.(run, position, score);
}

/** Tells every observer of a finished epoch. */
export async function observeEpoch(run: RunContext, position: Readonly<RunPosition>): Promise<void> {
  for (const observer of run.observers) await observer.afterEpoch?.(run, position);
}

/** Tells every observer that what is trained so far is saved. */
export async function observeCheckpoint(run: RunContext, position: Readonly<RunPosition>): Promise<void> {
  for (const observer of run.observers) await observer.afterCheckpoint?.(run, position);
}

/** Tells every observer that the run has ended. In a run that failed, what they can't do is a note: the run's own error matters more. */
export async function observeFinish(run: RunContext, position: Readonly<RunPosition>, outcome: RunOutcome): Promise<void> {
  for (const observer of run.observers) {
    try {
      await observer.finish?.(run, position, outcome);
    } catch (error) {
      if (outcome !== 'failed') throw error;
      run.progress.note(`warning: ${describeError(error)}`);
    }
  }
}
