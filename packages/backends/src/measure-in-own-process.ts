import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { BackendMeasurement, MeasureBackend } from './choose-backend';

/** A backend that takes longer than this is not the fastest: wasm takes a second. */
const TIMEOUT_MS = 30_000;

/** The last line that a failed process wrote, without the program's name. */
function lastWords(error: { stderr?: string; killed?: boolean; message: string }): string {
  if (error.killed) return `it took more than ${TIMEOUT_MS / 1000} s`;
  const line = error.stderr?.trim().split('\n').at(-1) ?? '';
  return line === '' ? error.message.split('\n')[0] : line.replace(/^trainer: /, '');
}

/**
 * Measures each backend in a separate process, since not all backends can be loaded into one, and a crashing driver then ends only its own
 * process. `program` is the script to run, with the arguments `measure-backend --backend <name>`.
 */
export function measureInOwnProcess(program: string, threads: number | null): MeasureBackend {
  return async (name) => {
    const words = [program, 'measure-backend', '--backend', name, ...(threads === null ? [] : ['--threads', String(threads)])];
    try {
      const { stdout } = await promisify(execFile)(process.execPath, words, { timeout: TIMEOUT_MS, killSignal: 'SIGKILL' });
      return JSON.parse(stdout.trim().split('\n').at(-1)!) as BackendMeasurement;
    } catch (error) {
      throw new Error(lastWords(error as Error & { stderr?: string }), { cause: error });
    }
  };
}
