/** Whether the person asked to stop. */
export interface Interrupt {
  readonly requested: boolean;
  /** Stops listening. */
  dispose(): void;
}

/**
 * Listens for Ctrl-C (and SIGTERM): the first asks to stop after the current step, the second ends the process at once.
 * `onRequest` is called at the first.
 */
export function listenForInterrupt(process: NodeJS.Process, onRequest: () => void): Interrupt {
  let requested = false;
  const listener = () => {
    if (requested) process.exit(130);
    requested = true;
    onRequest();
  };
  process.on('SIGINT', listener);
  process.on('SIGTERM', listener);
  return {
    get requested() {
      return requested;
    },
    dispose() {
      process.off('SIGINT', listener);
      process.off('SIGTERM', listener);
    },
  };
}
