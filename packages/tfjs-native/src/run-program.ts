import { execFile } from 'node:child_process';

/** How a program ended. */
export interface ProgramEnd {
  readonly stdout: string;
  readonly stderr: string;
  /** Why it failed, in a few words; undefined if it exited with code 0. */
  readonly failure?: string;
  /** Whether the program does not exist or may not be run. */
  readonly missing: boolean;
}

interface RunOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly timeoutMs?: number;
}

const MAXIMUM_OUTPUT_BYTES = 2 ** 26;

/** Runs a program to its end. Never rejects: a failure is part of the result. */
export function runProgram(program: string, args: readonly string[], options: RunOptions = {}): Promise<ProgramEnd> {
  const { env = process.env, cwd, timeoutMs: timeout = 0 } = options;
  return new Promise((resolve) => {
    const limits = { timeout, killSignal: 'SIGKILL', maxBuffer: MAXIMUM_OUTPUT_BYTES } as const;
    execFile(program, [...args], { env, cwd, encoding: 'utf8', ...limits }, (error, stdout, stderr) => {
      if (error === null) return resolve({ stdout, stderr, missing: false });
      const missing = error.code === 'ENOENT' || error.code === 'EACCES';
      const killed = error.killed && timeout > 0 ? `it took more than ${timeout / 1000} s` : undefined;
      const failure = killed ?? (error.signal ? `it was killed by ${error.signal}` : `it exited with code ${error.code}`);
      resolve({ stdout, stderr, missing, failure });
    });
  });
}

/** The last non-empty line, trimmed. */
export const lastLine = (text: string): string => text.trim().split('\n').at(-1)!.trim();
