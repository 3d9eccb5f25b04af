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

/** Flags that may change between calls: where to compute and cache, and how long to train, which is recorded for each variant. */
export const FREE_FLAGS: readonly string[] = ['threads', 'backend', 'data-cache', 'max-minutes', 'max-steps'];

/** Whether the folder holds a training that was stopped and can be resumed. */
export const isResumable = (folder: string) => existsSync(join(lastCheckpoint(runFolder(folder)), 'training.json'));

export interface TrainVariantOptions {
  readonly out: string;
  /** By name; the value of a switch is empty. */
  readonly trainerFlags: Readonly<Record<string, string>>;
  readonly runTrainer: RunTrainer;
  readonly progress: Progress;
  /** Whether other variants are trained at the same time. */
  readonly beside: boolean;
}

/** Trains a variant to its end, resuming where an earlier call was stopped. @throws if the training is interrupted or fails */
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
  const args = resumable ? ['--resume', folder, ...flags] : ['--variant', variant, ...flags, '--out', folder];
  progress.note(`\n${variant}: ${resumable ? 'resuming' : 'training'} ${folder}`);
  const { exitCode, interrupted } = await runTrainer(args, beside ? variant : undefined);
  if (exitCode === 0) return;
  if (interrupted)
    throw new UserError(`stopped while training ${variant}; the same command resumes there`, EXIT_CODES.interrupted);
  throw new UserError(
    `the trainer ended with exit code ${exitCode} on ${variant}; fix what it reports, and the same command resumes there`,
  );
}

/** The length of the longest variant name. */
const HEAD_WIDTH = 13;

/** How a trainer process ended. */
export interface TrainerResult {
  readonly exitCode: number;
  /** Whether it was stopped by Ctrl-C or a signal. */
  readonly interrupted: boolean;
}

/** Starts the trainer with command-line arguments. If several run at once, `name` is put in front of each line of output. */
export type RunTrainer = (args: readonly string[], name?: string) => Promise<TrainerResult>;

/** The path of the built trainer's command-line script. */
function trainerCli(): string {
  return join(dirname(createRequire(import.meta.url).resolve('trainer/package.json')), 'dist', 'cli.js');
}

/** Forwards output in whole lines, each with a prefix, so that the lines of several processes can be told apart. */
function headLines(from: Readable | null, to: NodeJS.WritableStream, name: string): void {
  if (from !== null) createInterface({ input: from }).on('line', (line) => to.write(`${name.padEnd(HEAD_WIDTH)}  ${line}\n`));
}

/**
 * Runs the trainer in a child process whose output goes to this one's. The child has its own process group, so that Ctrl-C reaches it only
 * through this process: the first time it stops after the step and saves, the second time it stops at once.
 */
export const runTrainer: RunTrainer = (args, name) =>
  new Promise((resolve, reject) => {
    const output = name === undefined ? 'inherit' : 'pipe';
    const child = spawn(process.execPath, [trainerCli(), ...args], { stdio: ['ignore', output, output], detached: true });
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
