import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { EXIT_CODES, type Progress, UserError } from '@cmcgan/command-line';
import type { RunTrainer } from './run-trainer';

/** The run folder of a variant in an experiment's folder. */
export const variantFolder = (out: string, variant: string) => join(out, 'runs', variant);

/** Flags that may change between two calls: what computes, and how long a variant is trained, which is noted variant by variant. */
export const FREE_FLAGS: readonly string[] = ['threads', 'backend', 'data-cache', 'max-minutes', 'max-steps'];

/** Whether a training was stopped in that folder and can go on. */
export const isResumable = (folder: string) => existsSync(join(folder, 'checkpoints', 'last', 'training.json'));

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
