/** Something the person at the keyboard can mend: shown as one line without a stack trace. */
export class UserError extends Error {
  constructor(
    message: string,
    readonly exitCode = 1,
  ) {
    super(message);
    this.name = 'UserError';
  }
}

/** A UserError about how the command was typed. */
export const usageError = (message: string): UserError => new UserError(`${message} (see --help)`, 2);
