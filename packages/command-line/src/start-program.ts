import { describeError, type FlagRemedies } from './describe-error';
import { EXIT_CODES, UserError } from './user-error';

/** How a program was called. */
export interface Invocation {
  /** The arguments after the program's name. */
  readonly args: readonly string[];
  /** The folder in which the command was typed, where relative paths start. */
  readonly folder: string;
}

export interface StartOptions {
  /** The name of the program and its package; error lines begin with it. */
  readonly name: string;
  /** The flags to suggest when a library's error names an option. */
  readonly remedies?: FlagRemedies;
  /** Called before an error is printed, for example to end a progress bar. */
  readonly beforeError?: () => void;
  /** Resolves to the process's exit code. */
  readonly run: (invocation: Invocation) => Promise<number>;
}

/**
 * The folder in which the command was typed. `pnpm --filter <program> start` changes to the program's folder first and passes the original
 * one in INIT_CWD.
 */
export function invocationFolder(name: string, environment: NodeJS.ProcessEnv, workingFolder: string): string {
  const startedByPackageManager = environment.npm_lifecycle_event === 'start' && environment.npm_package_name === name;
  return (startedByPackageManager && environment.INIT_CWD) || workingFolder;
}

/** `pnpm start -- --flag` passes the dashes on to the program. */
const withoutLeadingDashes = (args: readonly string[]) => (args[0] === '--' ? args.slice(1) : args);

/** Keeps the program running if its terminal is closed or the reader of its output has gone (`| head`). */
function surviveClosedOutput(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
}

/**
 * Runs a program in this process. An error becomes one line on standard error (`DEBUG=1` adds the stack trace) and an exit code. The
 * program continues if the reader of its output has gone.
 */
export function startProgram({ name, remedies, beforeError, run }: StartOptions): void {
  // Worker threads don't keep a process alive: without this timer, waiting for nothing but a worker would end the process with exit code 0.
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
