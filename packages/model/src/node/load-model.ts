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

/** The result of `loadModel`; `architecture` tells which one it is. */
export type LoadedModel = Cmcgan | ChenGan;

/** For a run folder, the name of the checkpoint. Default: the one that {@link findCheckpoint} chooses. */
export type LoadModelOptions = FindCheckpointOptions;

interface ArchitectureFiles {
  /** Fills in the defaults of a configuration. Throws if a value is not valid. */
  resolve(given: object): object;
  /** Dotted keys that are missing in files of earlier versions, where the default applies. */
  readonly later: readonly string[];
  create(config: object, tensors: Record<string, TensorData>, source: string): LoadedModel;
}

/** How each architecture is loaded from its files. To add one: one row. */
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
 * Loads a trained model of any architecture from a folder that `saveModel` wrote, from a checkpoint, or from a run folder, as found by
 * {@link findCheckpoint}.
 *
 * @throws an error that names the file if a file is missing, truncated or corrupt, or if the two files do not match
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

/** The keys of `whole` that are missing in `given`, dotted for nested objects. */
function missingKeys(given: Record<string, unknown>, whole: object): string[] {
  return Object.entries(whole).flatMap(([key, value]: [string, unknown]) => {
    if (!Object.hasOwn(given, key)) return [key];
    if (typeof value !== 'object' || value === null) return [];
    const inner = given[key];
    if (typeof inner !== 'object' || inner === null) return [key];
    return missingKeys(inner as Record<string, unknown>, value).map((name) => `${key}.${name}`);
  });
}
