let running = 0;
let alone: Promise<void> | undefined;
let onIdle: (() => void) | undefined;

/** Runs a decode beside others. */
export async function besideOthers<T>(task: () => Promise<T>): Promise<T> {
  while (alone) await alone;
  running++;
  try {
    return await task();
  } finally {
    running--;
    if (running === 0) onIdle?.();
  }
}

/** Waits until no decode runs, and runs one while none other starts. */
async function withoutOthers<T>(task: () => Promise<T>): Promise<T> {
  while (alone) await alone;
  let release = () => {};
  alone = new Promise((done) => (release = done));
  try {
    if (running > 0) await new Promise<void>((done) => (onIdle = done));
    return await task();
  } finally {
    onIdle = undefined;
    alone = undefined;
    release();
  }
}

/** Runs at most so often until two in a row agree. */
const TRIES = 5;

/**
 * Why a decode fails. libvips keeps its messages in one buffer for the whole process, where those of decodes that run at the same time mix; so
 * it runs again on its own, and, since other threads' decodes cannot be held, until two runs in a row say the same.
 * @returns undefined if it does not fail
 */
export function reasonOfFailure(decode: () => Promise<unknown>): Promise<string | undefined> {
  return withoutOthers(async () => {
    let before: string | undefined;
    for (let i = 0; i < TRIES; i++) {
      const reason = await decode().then(
        () => undefined,
        (error: unknown) => (error instanceof Error ? error.message : String(error)).split('\n')[0],
      );
      if (i > 0 && reason === before) break;
      before = reason;
    }
    return before;
  });
}
