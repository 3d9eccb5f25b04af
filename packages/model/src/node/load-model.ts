import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { resolveChenConfig } from '../baselines/chen-config';
import type { ChenGan } from '../baselines/chen-gan';
import type { Cmcgan } from '../cmcgan';
import { resolveConfig } from '../config';
import type { Architecture } from '../cross-modal-model';
import { chenGanFromTensors, cmcganFromTensors } from '../model-from-tensors';
import { fromSafetensors } from '../safetensors';
import type { TensorData } from '../safetensors';
import { CONFIG_FILE, WEIGHTS_FILE } from './file-names';
import { findCheckpoint, type FindCheckpointOptions } from './find-checkpoint';
import { readConfig } from './read-config';

/** What `loadModel` gives back: tell them apart by `architecture`. */
export type LoadedModel = Cmcgan | ChenGan;

/** Of a run folder, which checkpoint; left out, the one that {@link findCheckpoint} takes. */
export type LoadModelOptions = FindCheckpointOptions;

interface ArchitectureFiles {
  /** The whole configuration with its defaults. Throws where a value is not valid. */
  resolve(given: object): object;
  /** Dotted keys that files of an earlier version lack: they meant the default. */
  readonly later: readonly string[];
  create(config: object, tensors: Record<string, TensorData>, source: string): LoadedModel;
}

/** How each architecture comes back from its files. To add one: one row. */
const ARCHITECTURES: Record<Architecture, ArchitectureFiles> = {
  cmcgan: {
    resolve: (given) => resolveConfig(given),
    later: ['discriminator.kind'],
    create: (config, tensors, source) => cmcganFromTensors(config as Cmcgan['config'], tensors, source),
  },
  chen: {
    resolve: (given) => resolveChenConfig({ from: 'A', ...given }),
    later: [],
    create: (config, tensors, source) => chenGanFromTensors(config as ChenGan['config'], tensors, source),
  },
};

/**
 * Reads a trained model, whatever its architecture: from a folder that `saveModel` wrote, from a checkpoint, or from a run folder, as
 * {@link findCheckpoint} finds it.
 *
 * @throws one error that names the file, where one is missing, truncated, corrupt, or does not fit the other
 */
export async function loadModel(path: string, options: LoadModelOptions = {}): Promise<LoadedModel> {
  const { folder } = await findCheckpoint(path, options);
  const { architecture = 'cmcgan', ...given } = await readConfig(join(folder, CONFIG_FILE));
  const files = Object.hasOwn(ARCHITECTURES, String(architecture)) ? ARCHITECTURES[architecture as Architecture] : undefined;
  if (files === undefined) {
    const known = Object.keys(ARCHITECTURES).join(', ');
    throw new Error(
      `loadModel: architecture of ${join(folder, CONFIG_FILE)} must be one of ${known}, got ${JSON.stringify(architecture)}`,
    );
  }
  const weights = join(folder, WEIGHTS_FILE);
  const config = wholeConfig(files, given, join(folder, CONFIG_FILE));
  const bytes = await readFile(weights).catch((error: NodeJS.ErrnoException) => {
    throw new Error(`loadModel: ${weights} must be readable, got ${error.code}`, { cause: error });
  });
  return files.create(config, fromSafetensors(bytes, { name: weights }).tensors, weights);
}

function wholeConfig({ resolve, later }: ArchitectureFiles, given: Record<string, unknown>, path: string): object {
  const missing = missingKeys(given, resolve({})).find((key) => !later.includes(key));
  if (missing !== undefined) throw new Error(`loadModel: ${path} must hold the whole configuration, but ${missing} is missing`);
  try {
    return resolve(given);
  } catch (error) {
    throw new Error(`loadModel: ${path} must hold a valid configuration: ${(error as Error).message}`, { cause: error });
  }
}

/** The keys of `whole` that `given` lacks, dotted where they are inside an object. */
function missingKeys(given: Record<string, unknown>, whole: object): string[] {
  return Object.entries(whole).flatMap(([key, value]: [string, unknown]) => {
    if (!Object.hasOwn(given, key)) return [key];
    if (typeof value !== 'object' || value === null) return [];
    const inner = given[key];
    if (typeof inner !== 'object' || inner === null) return [key];
    return missingKeys(inner as Record<string, unknown>, value).map((name) => `${key}.${name}`);
  });
}
