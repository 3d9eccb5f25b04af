import { EXIT_CODES } from '@cmcgan/command-line';

/** Ctrl-C, the wish of another process, and the end of the terminal: a dropped connection, a closed window. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** A signal that asks a run to stop. */
export type StopSignal = (typeof SIGNALS)[number];

/** Whether the person asked to stop. */
export interface Interrupt {
  readonly requested: boolean;
  /** The first signal that asked for it; null where none has. */
  readonly signal: StopSignal | null;
  /** Aborted at the first signal. */
  readonly abort: AbortSignal;
  /** From now on there is something to save: the first Ctrl-C only asks to stop. */
  hold(): void;
  /** Stops listening. */
  dispose(): void;
}

/**
 * Listens for Ctrl-C (and SIGTERM, and SIGHUP). Before `hold` it ends the process at once; after, the first asks to stop after the current step, and
 * a second ends the process at once. `onSignal` is called at each with whether the process continues.
 */
export function listenForInterrupt(process: NodeJS.Process, onSignal: (goesOn: boolean) => void): Interrupt {
  let first: StopSignal | null = null;
  let held = false;
  const controller = new AbortController();
  const listener = (signal: NodeJS.Signals) => {
    const goesOn = held && first === null;
    first ??= signal as StopSignal; // it listens for no other
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
