/**
 * An error, or the cause of a warning, that one of this package's options solves. Its message is `problem` and a suggestion that names
 * the option; a program whose users know no such option prints `problem` and its own suggestion for `remedy.option`.
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

/** Called with a warning of one sentence, and with its cause if an option of this package solves it. */
export type OnWarning = (warning: string, cause?: RemediableError) => void;

/** What an error of another package says, without a suggestion to set an option that is not ours to offer. */
export function problemOf(error: unknown): string {
  const { problem, remedy } = error as Partial<RemediableError>;
  if (typeof problem === 'string' && typeof remedy?.option === 'string') return problem;
  return error instanceof Error ? error.message : String(error);
}
