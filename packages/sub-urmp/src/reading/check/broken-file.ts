/** What can be wrong with one file of a data set. */
export type FileProblem =
  | 'missing half'
  | 'duplicate name'
  | 'empty'
  | 'truncated'
  | 'unreadable'
  | 'wrong rate'
  | 'wrong length'
  | 'wrong level'
  | 'unknown instrument';

/** A file that cannot be used: which, and what is wrong with it, in a word and in a sentence. */
export class BrokenFileError extends Error {
  constructor(
    readonly problem: FileProblem,
    readonly path: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'BrokenFileError';
  }
}

/** The error as a BrokenFileError: as it is, or one about a file that could not be read at all (no permission, say). */
export function toBrokenFile(error: unknown, path: string): BrokenFileError {
  if (error instanceof BrokenFileError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const named = message.includes(path) ? message : `${path} must be readable, got: ${message}`;
  return new BrokenFileError('unreadable', path, named, { cause: error });
}
