/**
 * Remedies in terms of a program's flags, by the library option that they replace in error messages:
 * `{ onBroken: 'leave them out with --skip-broken' }`.
 */
export type FlagRemedies = Readonly<Record<string, string>>;

/** A library's error that suggests one of the library's options. Its message is `problem` followed by that suggestion. */
interface RemediableError {
  readonly problem: string;
  readonly remedy: { readonly option: string };
}

/** What the operating system's error codes mean, with the remedy. `{path}` becomes the file or folder. */
const SYSTEM_ERRORS: Record<string, string> = {
  ENOSPC: 'no space left on the disk while writing {path}; free some space, or choose another disk with --out',
  EDQUOT: 'the disk quota is used up while writing {path}; free some space, or choose another disk with --out',
  EROFS: '{path} is on a read-only disk; choose another folder with --out',
  EACCES: 'no permission for {path}; choose another folder or change its permissions',
  EPERM: 'no permission for {path}; choose another folder or change its permissions',
  ENOENT: '{path} does not exist',
  ENOTDIR: '{path} runs through a file where a folder should be',
  EISDIR: '{path} is a folder where a file should be',
  EMFILE: 'too many open files at {path}; raise the limit (ulimit -n)',
};

/** How many lines of a longer message are shown: the first, and the first few that it lists. */
const SHOWN_LINES = 4;

/**
 * Describes any thrown value in one line. System errors become a sentence with the remedy; if a library's error suggests an option, the
 * line suggests the program's flag from `remedies` instead, or nothing if there is none.
 */
export function describeError(error: unknown, remedies: FlagRemedies = {}): string {
  if (!(error instanceof Error)) return String(error);
  if (isRemediable(error)) return withRemedy(oneLine(error.problem), remedies[error.remedy.option]);
  const { code, path } = error as NodeJS.ErrnoException;
  const sentence = code === undefined ? undefined : SYSTEM_ERRORS[code];
  return oneLine(sentence?.replace('{path}', path ?? 'a file') ?? error.message);
}

function isRemediable(error: Error): error is Error & RemediableError {
  const { problem, remedy } = error as Partial<RemediableError>;
  return typeof problem === 'string' && typeof remedy?.option === 'string';
}

const withRemedy = (problem: string, remedy: string | undefined) => (remedy === undefined ? problem : `${problem}; ${remedy}`);

/** Joins the lines of a list into one; lines beyond the limit are only counted. */
function oneLine(text: string): string {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const more = lines.length - SHOWN_LINES;
  const [head = '', ...listed] = [...lines.slice(0, SHOWN_LINES), ...(more > 0 ? [`… and ${more} more`] : [])];
  return [head, listed.map((line) => line.replace(/[;,]$/, '')).join('; ')].join(' ').trim();
}
