import { spawn } from 'node:child_process';
import { delimiter } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout's root. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** How a command ended. */
export interface CommandResult {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

/** The PATH of an interactive shell, without the folders that npm and pnpm prepend for their children. */
export const PATH = process.env.PATH!.split(delimiter).filter((folder) => !folder.includes('node_modules')).join(delimiter); // prettier-ignore

/** Runs a command to its end as if typed in the checkout; npm does not look for a newer npm. */
export function runCommand(command: string, words: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<CommandResult> {
  const own = { PATH, HOME: process.env.HOME, npm_config_update_notifier: 'false', ...env };
  const child = spawn(command, words, {
    cwd: ROOT,
    env: own,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
}
