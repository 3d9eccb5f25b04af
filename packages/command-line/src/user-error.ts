/** Exit codes of the project's programs. */
export const EXIT_CODES = { failure: 1, usage: 2, interrupted: 130 } as const;

/** An error that the user can fix: shown as one line without a stack trace. `exitCode` is the process's exit code. */
export class UserError extends Error {
  constructor(
    message: string,
    readonly exitCode: number = EXIT_CODES.failure,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'UserError';
  }
}

/** A {@link UserError} about how the command was typed: exit code 2. */
export function usageError(message: string): UserError {
  return new UserError(message, EXIT_CODES.usage);
}
