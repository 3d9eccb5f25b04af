/** The possible problems of a file of a data set. */
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

/** A file that cannot be used, with its path, the kind of problem and a message. */
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

/** Returns a BrokenFileError unchanged; wraps any other error as one about an unreadable file (no permission, for example). */
export function toBrokenFile(error: unknown, path: string): BrokenFileError {
  if (error instanceof BrokenFileError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const named = message.includes(path) ? message : `${path} must be readable, got: ${message}`;
  return new BrokenFileError('unreadable', path, named, { cause: error });
}
