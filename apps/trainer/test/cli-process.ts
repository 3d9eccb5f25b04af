import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The built trainer. */
export const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));

/** Exit code and output of a finished trainer process. */
export interface CliResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A running trainer process. */
export interface CliProcess {
  /** Resolves when the output first matches. */
  waitFor(pattern: RegExp): Promise<void>;
  signal(name: NodeJS.Signals): void;
  readonly pid: number;
  /** Stops reading its output, as a closed terminal does. */
  closeOutput(): void;
  readonly done: Promise<CliResult>;
}

/** Starts the built trainer as users do: `node dist/cli.js <arguments>`. */
export function startCli(words: readonly string[], options: { cwd?: string; env?: NodeJS.ProcessEnv } = {}): CliProcess {
  if (!existsSync(CLI)) throw new Error(`${CLI} is missing; build it first: npm run build`);
  const child = spawn(process.execPath, [CLI, ...words], { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  const done = new Promise<CliResult>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
  const waitFor = (pattern: RegExp) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        if (pattern.test(stdout)) resolve();
      };
      child.stdout.on('data', look);
      child.on('close', () => reject(new Error(`the trainer ended before it wrote ${pattern}: ${stdout}${stderr}`)));
      look();
    });
  const closeOutput = () => {
    child.stdout.destroy();
    child.stderr.destroy();
  };
  return { waitFor, signal: (name) => child.kill(name), pid: child.pid ?? 0, closeOutput, done };
}

/** Runs the built trainer until it exits. */
export function runCli(words: readonly string[], options: { cwd?: string; env?: NodeJS.ProcessEnv } = {}): Promise<CliResult> {
  return startCli(words, options).done;
}
