/**
 * An error, or the cause of a warning, that can be solved with one of this package's options. Its message is `problem` followed by a
 * suggestion that names the option; a program whose users do not see that option can print `problem` with its own suggestion for
 * `remedy.option`.
 */
export class RemediableError extends Error {
  /** The option of the function that was called. */
  readonly remedy: { readonly option: string };

  constructor(
    /** What is wrong, without the suggestion. */
    readonly problem: string,
    { option, suggestion }: { option: string; suggestion: string },
  ) {
    super(`${problem}; ${suggestion}`);
    this.name = 'RemediableError';
    this.remedy = { option };
  }
}

/** Called with a warning of one sentence, and with its cause if one of this package's options can solve it. */
export type OnWarning = (warning: string, cause?: RemediableError) => void;

/** The message of an error of another package, without its suggestion to set an option that this package does not have. */
export function problemOf(error: unknown): string {
  const { problem, remedy } = error as Partial<RemediableError>;
  if (typeof problem === 'string' && typeof remedy?.option === 'string') return problem;
  return error instanceof Error ? error.message : String(error);
}
