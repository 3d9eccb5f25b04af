import { describeError, EXIT_CODES, type Progress } from '@cmcgan/command-line';

/** Work on many files, one after another. */
export interface Work<Item> {
  readonly items: readonly Item[];
  /** What the progress bar says. */
  readonly what: string;
  readonly nameOf: (item: Item) => string;
  /** Works on one item, unless the signal is aborted. */
  readonly run: (item: Item, signal: AbortSignal) => Promise<void>;
  readonly progress: Progress;
}

/** A file that failed, and why. */
interface Failure {
  readonly name: string;
  readonly reason: string;
}

/** How the work ended. */
export interface Outcome {
  readonly done: number;
  readonly exitCode: number;
}

/**
 * Does the work. A file that fails does not stop the others: all failures are reported at the end, and the exit code is 1. The first Ctrl-C stops
 * after the current file, the second gives that one up, the third ends the process.
 */
export async function workThrough<Item>({ items, what, nameOf, run, progress }: Work<Item>): Promise<Outcome> {
  const failures: Failure[] = [];
  const interrupt = listenForInterrupt();
  let done = 0;
  for (const [index, item] of items.entries()) {
    if (items.length > 1) progress.status(what, index, items.length);
    try {
      await run(item, interrupt.signal);
      done++;
    } catch (error) {
      if (interrupt.signal.aborted) break;
      failures.push({ name: nameOf(item), reason: reasonOf(error) });
    }
    await new Promise((resolve) => setImmediate(resolve)); // lets signals in
    if (interrupt.requested) break;
  }
  progress.finish();
  interrupt.dispose();
  report(failures, items.length);
  if (interrupt.requested)
    console.error(`cmcgan: stopped after ${done + failures.length} of ${items.length} files; the same command goes on`);
  const exitCode = interrupt.requested ? EXIT_CODES.interrupted : failures.length > 0 ? EXIT_CODES.failure : 0;
  return { done, exitCode };
}

function report(failures: readonly Failure[], total: number): void {
  if (failures.length === 0) return;
  if (total === 1) return console.error(`cmcgan: ${failures[0].reason}`);
  console.error(`cmcgan: ${failures.length} of ${total} files failed:`);
  for (const { name, reason } of failures) console.error(`  ${reason.includes(name) ? reason : `${name}: ${reason}`}`);
}

/** What went wrong, without the name of a function. */
export function reasonOf(error: unknown): string {
  return (error as Partial<{ problem: string }>).problem ?? describeError(error);
}

function listenForInterrupt() {
  const controller = new AbortController();
  const state = { requested: false, signal: controller.signal, dispose: () => void process.off('SIGINT', listener) };
  const listener = () => {
    if (state.requested) {
      state.dispose();
      return controller.abort();
    }
    state.requested = true;
    console.error('\ncmcgan: stopping after this file; Ctrl-C again stops at once');
  };
  process.on('SIGINT', listener);
  return state;
}
