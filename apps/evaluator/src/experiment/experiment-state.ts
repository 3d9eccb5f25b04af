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
  /** Finished trainings by variant: the flags of the call that finished it, and its minutes (an interrupted one's: of its last part). */
  trained: z.record(z.string(), z.object({ minutes: z.number(), trainerFlags: z.record(z.string(), z.string()) })),
});

/** What experiment.json of an experiment's folder holds: what is done. */
export type ExperimentState = z.infer<typeof stateSchema>;

const pathOf = (folder: string) => join(folder, 'experiment.json');

/** The state of an experiment's folder, empty where nothing was trained yet. Trainings of other flags in the same folder are an error. */
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
    `--out ${folder} holds runs with --${changed} ${before}, got ${now}; choose another folder, or go on with the same flags`,
  );
}

/** Notes the state, whole or not at all. */
export async function saveExperimentState(folder: string, state: ExperimentState): Promise<void> {
  await writeAtomically(pathOf(folder), `${JSON.stringify(state, null, 2)}\n`, { makeFolders: true });
}
