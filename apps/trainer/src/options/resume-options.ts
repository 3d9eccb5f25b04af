import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UserError, usageError } from '@cmcgan/command-line';
import { CHANGEABLE_OPTIONS } from './changeable-options';
import { mergeLayers, silentLayer, type OptionLayer } from './option-layer';
import { PAPER_OPTIONS } from './presets';
import { readFlags, type TypedFlags } from './read-flags';
import { isOption, NONE, type TrainerOptions } from './trainer-options';
import { validateOptions } from './validate-options';

const CHANGEABLE: ReadonlySet<string> = new Set(CHANGEABLE_OPTIONS);

async function assertRunFolder(path: string): Promise<void> {
  const { runFolder } = await import('@cmcgan/training/node'); // heavy: only where it is asked for
  const { config, checkpoints } = runFolder(path);
  if (existsSync(config) && existsSync(checkpoints)) return;
  if (!existsSync(path)) throw new UserError(`--resume ${path} does not exist; name the folder of a run`);
  if (existsSync(join(path, 'training.json'))) {
    throw new UserError(`--resume ${path} is a checkpoint; name the run folder that it lies in: ${resolve(path, '..', '..')}`);
  }
  throw new UserError(`--resume ${path} holds no run: it has no config.json beside a folder checkpoints`);
}

/** The options that the run in `folder` was started with. Those that it knew nothing of have the paper's values. */
async function savedLayer(folder: string): Promise<OptionLayer> {
  const { readRunConfig, runFolder } = await import('@cmcgan/training/node');
  const { config } = runFolder(folder);
  const options: Readonly<Record<string, unknown>> = { ...(await readRunConfig(config)).options };
  const strange = Object.keys(options).find((key) => !isOption(key));
  if (strange !== undefined) {
    throw new UserError(`${config} is not of this version of the trainer: it has no option ${strange}`);
  }
  return {
    values: { ...PAPER_OPTIONS, ...options, out: folder },
    sourceOf: (key) => ({ name: `${key} in ${config}`, got: options[key] }),
  };
}

function assertNoConflicts(given: OptionLayer, saved: OptionLayer): void {
  for (const [key, value] of Object.entries(given.values)) {
    const before = saved.values[key];
    if ((CHANGEABLE.has(key) && key !== 'out') || value === before) continue;
    const { name, got } = given.sourceOf(key);
    const remedy = `leave ${name} out, or start a new run`;
    throw usageError(
      `${name} ${String(got)} conflicts with --resume: the run has ${before === null ? NONE : String(before)}; ${remedy}`,
    );
  }
}

/**
 * Options of a run that goes on: those that it was started with, read from its folder, changed by flags that don't change what is
 * computed. `folder` is what relative paths start from. Throws a usage error for a flag that conflicts with the run's value.
 */
export async function resolveResumedOptions(typed: TypedFlags, folder: string): Promise<TrainerOptions> {
  const path = resolve(folder, typed.resume!);
  await assertRunFolder(path);
  const saved = await savedLayer(path);
  const { preset } = typed;
  const given = mergeLayers([
    readFlags(typed, folder),
    preset === undefined ? silentLayer({}) : { values: { preset }, sourceOf: () => ({ name: '--preset', got: preset }) },
  ]);
  assertNoConflicts(given, saved);
  const { values, sourceOf } = mergeLayers([saved, given]);
  return validateOptions(values, sourceOf);
}
