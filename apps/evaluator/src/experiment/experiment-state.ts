import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { usageError } from '@cmcgan/command-line';
import { readJson, writeAtomically } from '@cmcgan/training/node';
import { FREE_FLAGS, isResumable, variantFolder } from './trainer';

const stateSchema = z.object({
  format: z.literal(1),
  /** Flags that all trainings share. */
  trainerFlags: z.record(z.string(), z.string()),
  /** Finished trainings by variant: the flags of the call that finished it, and the minutes that this call took. */
  trained: z.record(z.string(), z.object({ minutes: z.number(), trainerFlags: z.record(z.string(), z.string()) })),
});

/** The contents of experiment.json in an experiment's folder: what has been trained. */
export type ExperimentState = z.infer<typeof stateSchema>;

const pathOf = (folder: string) => join(folder, 'experiment.json');

/** Reads the state of an experiment's folder; empty if nothing was trained yet. @throws if the folder holds trainings with other flags */
export async function openExperimentState(
  folder: string,
  trainerFlags: Readonly<Record<string, string>>,
): Promise<ExperimentState> {
  const empty: ExperimentState = { format: 1, trainerFlags: { ...trainerFlags }, trained: {} };
  if (!existsSync(pathOf(folder))) return empty;
  const state = await readJson(pathOf(folder), stateSchema, 'the experiment.json of an experiment');
  const variants = await readdir(join(folder, 'runs')).catch(() => []);
  const isBegun = variants.some((variant) => isResumable(variantFolder(folder, variant)));
  if (!isBegun && Object.keys(state.trained).length === 0) return empty;
  const names = [...new Set([...Object.keys(state.trainerFlags), ...Object.keys(trainerFlags)])];
  const changed = names.find((name) => !FREE_FLAGS.includes(name) && state.trainerFlags[name] !== trainerFlags[name]);
  if (changed === undefined) return { ...state, trainerFlags: { ...trainerFlags } };
  const [before, now] = [state.trainerFlags[changed] ?? 'none', trainerFlags[changed] ?? 'none'];
  throw usageError(
    `--out ${folder} holds runs with --${changed} ${before}, got ${now}; choose another folder, or continue with the same flags`,
  );
}

/** Saves the state atomically. */
export async function saveExperimentState(folder: string, state: ExperimentState): Promise<void> {
  await writeAtomically(pathOf(folder), `${JSON.stringify(state, null, 2)}\n`, { makeFolders: true });
}
