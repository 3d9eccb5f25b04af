import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UserError, usageError } from '@cmcgan/command-line';
import { mergeLayers, silentLayer, type OptionLayer } from './option-layer';
import { PAPER_OPTIONS } from './presets';
import { readFlags, type TypedFlags } from './read-flags';
import { flatten, isOption, type OptionPath } from './option-path';
import type { TrainerOptions } from './trainer-options';
import { wordOf } from './flags';
import { migrateOptions } from './flat-names';
import { validateOptions } from './validate-options';

/**
 * Options that may change when a run is resumed: where data and run are (the data's content is compared), the backend, how long the run
 * continues, what is kept and what stops it. All others affect what is computed, and stay as they were when the run was started.
 */
const CHANGEABLE: ReadonlySet<string> = new Set<OptionPath>([
  ...(['data.folder', 'data.unreadableShare', 'data.memoryMiB', 'data.cacheFolder', 'out', 'backend', 'threads'] as const),
  ...(['graceSeconds', 'stallSeconds', 'listeningPairs'] as const),
  ...(['epochs', 'maxSteps', 'maxMinutes', 'lossLimit', 'judge.stopOnCollapse'] as const),
  ...(['checkpoints.everyMinutes', 'checkpoints.minMinutes', 'checkpoints.keepEveryEpochs'] as const),
]);

async function assertRunFolder(path: string): Promise<void> {
  const { runFolder } = await import('@cmcgan/training/node'); // slow to load: only if needed
  const { config, checkpoints } = runFolder(path);
  if (existsSync(config) && existsSync(checkpoints)) return;
  if (!existsSync(path)) throw new UserError(`--resume ${path} does not exist; name the folder of a run`);
  if (existsSync(join(path, 'training.json'))) {
    throw new UserError(`--resume ${path} is a checkpoint; name the run folder that contains it: ${resolve(path, '..', '..')}`);
  }
  throw new UserError(`--resume ${path} holds no run: config.json or the folder checkpoints is missing`);
}

/** The options that the run in `folder` was started with. Options added since have the paper's values. */
async function savedLayer(folder: string): Promise<OptionLayer> {
  const { readRunConfig, runFolder } = await import('@cmcgan/training/node');
  const { config } = runFolder(folder);
  const options = migrateOptions(flatten((await readRunConfig(config)).options));
  const strange = Object.keys(options).find((path) => !isOption(path));
  if (strange !== undefined) {
    throw new UserError(`${config} was written by another version of the trainer: this one has no option ${strange}`);
  }
  return {
    values: { ...PAPER_OPTIONS, ...options, out: folder },
    sourceOf: (path) => ({ name: `${path} in ${config}`, got: options[path] }),
  };
}

function assertNoConflicts(given: OptionLayer, saved: OptionLayer): void {
  for (const [path, value] of Object.entries(given.values)) {
    const before = saved.values[path];
    if ((CHANGEABLE.has(path) && path !== 'out') || value === before) continue;
    const { name, got } = given.sourceOf(path);
    const remedy = `leave ${name} out, or start a new run`;
    throw usageError(`${name} ${String(got)} conflicts with --resume: the run has ${wordOf(path, before)}; ${remedy}`);
  }
}

/**
 * The options of a resumed run: those it was started with, read from its folder, overridden by flags that don't affect what is computed.
 * Relative paths start from `folder`. Throws a usage error for a flag that conflicts with the run's value.
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
