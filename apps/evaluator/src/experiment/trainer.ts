import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { EXIT_CODES, UserError, type Progress } from '@cmcgan/command-line';
import { lastCheckpoint, runFolder } from '@cmcgan/training/node';

/** The run folder of a variant in an experiment's folder. */
export const variantFolder = (out: string, variant: string) => join(out, 'runs', variant);

/** Flags that may change between two calls: what computes, and how long a variant is trained, which is noted variant by variant. */
export const FREE_FLAGS: readonly string[] = ['threads', 'backend', 'data-cache', 'max-minutes', 'max-steps'];

/** Whether a training was stopped in that folder and can go on. */
export const isResumable = (folder: string) => existsSync(join(lastCheckpoint(runFolder(folder)), 'training.json'));

export interface TrainVariantOptions {
  readonly out: string;
  /** By name; the value of a switch is empty. */
  readonly trainerFlags: Readonly<Record<string, string>>;
  readonly runTrainer: RunTrainer;
  readonly progress: Progress;
  /** Whether others are trained at the same time. */
  readonly beside: boolean;
}

/** Trains a variant to its end: anew, or from where an earlier call was stopped. An interruption or a failure is an error. */
export async function trainVariant(
  variant: string,
  { out, trainerFlags, runTrainer, progress, beside }: TrainVariantOptions,
): Promise<void> {
  const folder = variantFolder(out, variant);
  const resumable = isResumable(folder);
  if (existsSync(folder) && !resumable) await rm(folder, { recursive: true }); // stopped before its first checkpoint
  const flags = Object.entries(trainerFlags)
    .filter(([name]) => !resumable || FREE_FLAGS.includes(name))
    .flatMap(([name, value]) => (value === '' ? [`--${name}`] : [`--${name}`, value]));
  const words = resumable ? ['--resume', folder, ...flags] : ['--variant', variant, ...flags, '--out', folder];
  progress.note(`\n${variant}: ${resumable ? 'going on with' : 'training'} ${folder}`);
  const { exitCode, interrupted } = await runTrainer(words, beside ? variant : undefined);
  if (exitCode === 0) return;
  if (interrupted)
    throw new UserError(`stopped while training ${variant}; the same command goes on from there`, EXIT_CODES.interrupted);
  throw new UserError(
    `the trainer ended with exit code ${exitCode} on ${variant}; mend what it says, and the same command goes on from there`,
  );
}

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
