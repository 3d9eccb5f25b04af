import { describeError, type FlagRemedies } from './describe-error';
import { EXIT_CODES, UserError } from './user-error';

/** What a program is told of its process. */
export interface Invocation {
  /** The arguments behind the program's name. */
  readonly args: readonly string[];
  /** What relative paths start from: where the person typed the command. */
  readonly folder: string;
}

export interface StartOptions {
  /** The program's name, which is its package's too: error lines begin with it. */
  readonly name: string;
  /** What the program's flags say where a library's error names an option. */
  readonly remedies?: FlagRemedies;
  /** Called before an error is printed: ends a bar of progress. */
  readonly beforeError?: () => void;
  /** Resolves to the process's exit code. */
  readonly run: (invocation: Invocation) => Promise<number>;
}

/**
 * The folder where the person typed the command. `pnpm --filter <program> start` changes to the program's folder first and leaves the
 * person's in INIT_CWD.
 */
export function invocationFolder(name: string, environment: NodeJS.ProcessEnv, workingFolder: string): string {
  const startedByPackageManager = environment.npm_lifecycle_event === 'start' && environment.npm_package_name === name;
  return (startedByPackageManager && environment.INIT_CWD) || workingFolder;
}

/** `pnpm start -- --flag` hands the dashes on. */
const withoutLeadingDashes = (args: readonly string[]) => (args[0] === '--' ? args.slice(1) : args);

/** A terminal that was closed, or a pipe whose reader has gone (`| head`), does not end the work. */
function surviveClosedOutput(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
}

/**
 * Runs a program in this process: an error becomes one line on standard error (`DEBUG=1` adds the stack trace) and an exit code; the
 * program outlives the reader of its output.
 */
export function startProgram({ name, remedies, beforeError, run }: StartOptions): void {
  // Worker threads don't keep a process alive: without this, waiting for one of them alone would end the process, and with success.
  setInterval(() => {}, 60_000);
  surviveClosedOutput();
  const folder = invocationFolder(name, process.env, process.cwd());
  run({ args: withoutLeadingDashes(process.argv.slice(2)), folder }).then(
    (exitCode) => process.exit(exitCode),
    (error: unknown) => {
      beforeError?.();
      if (process.env.DEBUG) console.error(error);
      console.error(`${name}: ${describeError(error, remedies)}`);
      process.exit(error instanceof UserError ? error.exitCode : EXIT_CODES.failure);
    },
  );
}
