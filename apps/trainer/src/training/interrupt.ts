import { EXIT_CODES } from '@cmcgan/command-line';
import type { Progress } from '../progress/progress';

/** Ctrl-C, a request of another process, and a terminal that is gone: a dropped connection, a closed window. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** A signal that asks a run to stop. */
export type StopSignal = (typeof SIGNALS)[number];

/** Tells whether a signal has asked the run to stop. */
export interface Interrupt {
  readonly requested: boolean;
  /** The first signal received; null before one. */
  readonly signal: StopSignal | null;
  /** Aborted at the first signal. */
  readonly abort: AbortSignal;
  /** From now on there is something to save: the first signal only asks to stop. */
  hold(): void;
  /** Stops listening. */
  dispose(): void;
}

/**
 * Listens for Ctrl-C (SIGINT), SIGTERM and SIGHUP. Before `hold`, a signal ends the process at once; afterwards the first one asks to stop
 * after the current step, and the second ends the process at once. `onSignal` is told at each whether the process continues, and which it is.
 */
export function listenForInterrupt(process: NodeJS.Process, onSignal: (goesOn: boolean, signal: StopSignal) => void): Interrupt {
  let first: StopSignal | null = null;
  let held = false;
  const controller = new AbortController();
  const listener = (signal: NodeJS.Signals) => {
    const goesOn = held && first === null;
    first ??= signal as StopSignal; // only these are listened for
    controller.abort();
    onSignal(goesOn, signal as StopSignal);
    if (!goesOn) process.exit(EXIT_CODES.interrupted);
  };
  for (const signal of SIGNALS) process.on(signal, listener);
  return {
    get requested() {
      return first !== null;
    },
    get signal() {
      return first;
    },
    abort: controller.signal,
    hold() {
      held = true;
    },
    dispose() {
      for (const signal of SIGNALS) process.off(signal, listener);
    },
  };
}

/** Ends a process that has not saved and ended by itself within its grace period. */
export interface Grace {
  /** The period begins. */
  begin(): void;
  dispose(): void;
}

/** @param seconds how long a scheduler waits between SIGTERM and the end of the process; null: nothing ends it */
export function endInTime(seconds: number | null, progress: Pick<Progress, 'note'>): Grace {
  let timer: NodeJS.Timeout | undefined;
  return {
    begin() {
      if (seconds === null) return;
      timer ??= setTimeout(() => {
        progress.note(`Not saved within --grace-seconds ${seconds}: the run ends now, and resumes from its last checkpoint.`);
        process.exit(EXIT_CODES.interrupted);
      }, seconds * 1000);
    },
    dispose: () => clearTimeout(timer),
  };
}
