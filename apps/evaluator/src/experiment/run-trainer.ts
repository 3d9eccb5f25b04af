import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** As long as the longest name of a variant. */
const HEAD_WIDTH = 13;

/** How a process of the trainer ended. */
export interface TrainerResult {
  readonly exitCode: number;
  /** Whether somebody asked for the end. */
  readonly interrupted: boolean;
}

/** A way to start the trainer with words of its command line. Where several run at once, `name` heads each line of its output. */
export type RunTrainer = (words: readonly string[], name?: string) => Promise<TrainerResult>;

/** The built trainer's command line. */
function trainerCli(): string {
  return join(dirname(createRequire(import.meta.url).resolve('trainer/package.json')), 'dist', 'cli.js');
}

/** Passes whole lines on, each with a head: lines of several processes stay apart. */
function headLines(from: Readable | null, to: NodeJS.WritableStream, name: string): void {
  if (from !== null) createInterface({ input: from }).on('line', (line) => to.write(`${name.padEnd(HEAD_WIDTH)}  ${line}\n`));
}

/**
 * Runs the trainer as a process of its own, its output on ours. It gets a process group of its own, so that Ctrl-C reaches it through us
 * alone: once to stop after the step and save, a second time to stop at once.
 */
export const runTrainer: RunTrainer = (words, name) =>
  new Promise((resolve, reject) => {
    const output = name === undefined ? 'inherit' : 'pipe';
    const child = spawn(process.execPath, [trainerCli(), ...words], { stdio: ['ignore', output, output], detached: true });
    if (name !== undefined) {
      headLines(child.stdout, process.stdout, name);
      headLines(child.stderr, process.stderr, name);
    }
    let interrupted = false;
    const forward = (signal: NodeJS.Signals) => {
      interrupted = true;
      child.kill(signal);
    };
    process.on('SIGINT', forward).on('SIGTERM', forward);
    const stop = () => process.off('SIGINT', forward).off('SIGTERM', forward);
    child.on('error', (error) => {
      stop();
      reject(error);
    });
    child.on('close', (code, signal) => {
      stop();
      resolve({ exitCode: code ?? 1, interrupted: interrupted || code === 130 || signal === 'SIGINT' });
    });
  });
