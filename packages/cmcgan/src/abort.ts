import * as z from 'zod/mini';

/** Options of everything that can be stopped. */
export interface AbortOption {
  /** Stops the call, which then rejects with the signal's reason and keeps no memory. */
  signal?: AbortSignal;
}

/** The rule for the option `signal`. */
export const abortSignal = z.optional(
  z.custom<AbortSignal>((value) => typeof (value as Partial<AbortSignal> | null)?.throwIfAborted === 'function', {
    error: 'must be an AbortSignal',
  }),
);

/**
 * Lets the other tasks of the program run, one of which may abort: TensorFlow.js' wasm backend computes without ever giving them a turn.
 *
 * @throws the signal's reason if it has been aborted
 */
export async function pause(signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) return;
  await new Promise<void>((resolve) => {
    const { port1, port2 } = new MessageChannel(); // unlike a timer's, its turns are not slowed down in pages in the background
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
  signal.throwIfAborted();
}

/** The result of work that others need too, and that therefore goes on; @throws the signal's reason as soon as it is aborted */
export function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  return new Promise<T>((resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
    void work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
