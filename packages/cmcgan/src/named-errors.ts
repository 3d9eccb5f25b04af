import type { AbortOption } from './abort';

/** What the operating system's error codes mean for a file that is read. */
const SYSTEM_ERRORS: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'runs through a file where a folder should be',
  EISDIR: 'is a folder where a file should be',
  EACCES: 'cannot be read: there is no permission',
  EPERM: 'cannot be read: there is no permission',
};

/**
 * Does the work of a public function. Errors of the packages below begin with the name of their own function: here they begin with `call`, the
 * function that the user called. Their `problem` is the message without it, and without the remedy. Once the signal among the call's options has
 * been aborted, its reason is thrown as it is.
 */
export async function named<T>(call: string, options: AbortOption | null, work: () => T | Promise<T>): Promise<T> {
  const signal = options?.signal;
  if (signal?.aborted) throw signal.reason;
  try {
    return await work();
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    if (!(error instanceof Error)) throw error;
    const problem = problemOf(error);
    throw Object.assign(new Error(`${call}: ${problem}`, { cause: error }), { problem });
  }
}

/** What went wrong, without the name of a function, and without a remedy that only another function has. */
function problemOf(error: Error): string {
  const { code, path, problem } = error as NodeJS.ErrnoException & { problem?: string };
  const sentence = code === undefined ? undefined : SYSTEM_ERRORS[code];
  if (sentence !== undefined) return `${path ?? 'the file'} ${sentence}`;
  return problem ?? error.message.replace(/^\w+: /, '');
}
