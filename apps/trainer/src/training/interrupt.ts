import { EXIT_CODES } from '@cmcgan/command-line';

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
 * after the current step, and the second ends the process at once. `onSignal` is told at each whether the process continues.
 */
export function listenForInterrupt(process: NodeJS.Process, onSignal: (goesOn: boolean) => void): Interrupt {
  let first: StopSignal | null = null;
  let held = false;
  const controller = new AbortController();
  const listener = (signal: NodeJS.Signals) => {
    const goesOn = held && first === null;
    first ??= signal as StopSignal; // only these are listened for
    controller.abort();
    onSignal(goesOn);
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
