import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { usageError } from '@cmcgan/command-line';
import { readJson } from '../files/read-json';
import { writeAtomically } from '../files/write-atomically';

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

/** Flags that may change between two calls: what computes, and how long a variant is trained, which is noted variant by variant. */
export const FREE_FLAGS: readonly string[] = ['threads', 'backend', 'max-minutes', 'max-steps'];

/** The state of an experiment's folder, empty where it is new. Trainings of other flags in the same folder are an error. */
export async function openExperimentState(
  folder: string,
  trainerFlags: Readonly<Record<string, string>>,
): Promise<ExperimentState> {
  if (!existsSync(pathOf(folder))) return { format: 1, trainerFlags: { ...trainerFlags }, trained: {} };
  const state = await readJson(pathOf(folder), stateSchema);
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
  await writeAtomically(pathOf(folder), `${JSON.stringify(state, null, 2)}\n`);
}
