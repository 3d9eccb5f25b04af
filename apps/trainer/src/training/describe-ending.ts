import { DivergedError } from '@cmcgan/training';
import { describeError } from '@cmcgan/command-line';
import type { RunEnding, RunPosition, TrainingFacts } from '@cmcgan/training/node';
import { REMEDIES } from '../options/remedies';
import type { Interrupt, StopSignal } from './interrupt';
import type { RunFacts } from './run';

/** What describes why a run has ended. */
export type EndedRun = Pick<TrainingFacts, 'stepsPerEpoch' | 'totalSteps'> & {
  /** Why an observer stopped the run early; null if none did. */
  readonly stopReason: string | null;
  readonly options: Pick<RunFacts['options'], 'epochs' | 'maxSteps' | 'maxMinutes'>;
  readonly interrupt: Pick<Interrupt, 'signal'>;
};

type Ending = Pick<RunEnding, 'reason' | 'sentence'>;

/** What stopped the run, by the signal. */
const STOPPED: Readonly<Record<StopSignal, string>> = {
  SIGINT: 'Stopped by Ctrl-C',
  SIGTERM: 'Stopped by another process (SIGTERM)',
  SIGHUP: 'Stopped when its terminal was closed (SIGHUP)',
};

const count = (value: number) => value.toLocaleString('en');
const plannedSteps = ({ options, stepsPerEpoch }: EndedRun) => options.epochs * stepsPerEpoch;
const progressOf = (run: EndedRun, step: number) =>
  `${step === 0 ? 'before the first' : `after ${count(step)}`} of ${count(plannedSteps(run))} steps`;

function describeAllDone({ epochs }: EndedRun['options'], step: number): Ending {
  const done = epochs === 1 ? 'The only epoch is done' : `All ${count(epochs)} epochs are done`;
  return { reason: 'epochs', sentence: `${done}: ${count(step)} step${step === 1 ? '' : 's'}.` };
}

/** Why a run ended without an error: it was stopped, it collapsed, or its steps or its time ran out. */
export function describeEnding(run: EndedRun, { step }: Pick<RunPosition, 'step'>): Ending {
  const { options, interrupt, stopReason } = run;
  const progress = progressOf(run, step);
  if (interrupt.signal !== null) {
    return { reason: 'stopped', sentence: `${STOPPED[interrupt.signal]} ${progress}; --resume goes on from there.` };
  }
  if (stopReason !== null) return { reason: 'collapsed', sentence: stopReason };
  if (step >= plannedSteps(run)) return describeAllDone(options, step);
  if (step >= run.totalSteps) return { reason: 'max-steps', sentence: `Ended by --max-steps ${options.maxSteps} ${progress}.` };
  const spent = step === 0 ? ', used up' : '';
  return { reason: 'max-minutes', sentence: `Ended by --max-minutes ${options.maxMinutes}${spent} ${progress}.` };
}

/** Why a run ended with an error. */
export function describeFailure(run: EndedRun, { step }: Pick<RunPosition, 'step'>, error: unknown): Ending {
  const message = describeError(error, REMEDIES).replace(/\.$/, '');
  if (error instanceof DivergedError) return { reason: 'diverged', sentence: `Diverged: ${message}.` };
  return { reason: 'failed', sentence: `Failed ${progressOf(run, step)}: ${message}.` };
}
