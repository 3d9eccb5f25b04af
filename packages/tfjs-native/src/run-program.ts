import { execFile } from 'node:child_process';

/** How a program ended. */
export interface ProgramEnd {
  readonly stdout: string;
  readonly stderr: string;
  /** Why it failed, in a few words; undefined where it ended with 0. */
  readonly failure?: string;
  /** Whether there is no such program, or it may not be run. */
  readonly missing: boolean;
}

interface RunOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly timeoutMs?: number;
}

const MAXIMUM_OUTPUT_BYTES = 2 ** 26;

/** Runs a program to its end; a failure is part of what it resolves to. */
export function runProgram(program: string, args: readonly string[], options: RunOptions = {}): Promise<ProgramEnd> {
  const { env = process.env, cwd, timeoutMs: timeout = 0 } = options;
  return new Promise((resolve) => {
    const limits = { timeout, killSignal: 'SIGKILL', maxBuffer: MAXIMUM_OUTPUT_BYTES } as const;
    execFile(program, [...args], { env, cwd, encoding: 'utf8', ...limits }, (error, stdout, stderr) => {
      if (error === null) return resolve({ stdout, stderr, missing: false });
      const missing = error.code === 'ENOENT' || error.code === 'EACCES';
      const killed = error.killed && timeout > 0 ? `it took more than ${timeout / 1000} s` : undefined;
      const failure = killed ?? (error.signal ? `it was ended by ${error.signal}` : `it ended with ${error.code}`);
      resolve({ stdout, stderr, missing, failure });
    });
  });
}

/** The last line that says something, without the blanks around it. */
export const lastLine = (text: string): string => text.trim().split('\n').at(-1)!.trim();
