import { resolveChenConfig } from './baselines/chen-config';
import type { ChenGan } from './baselines/chen-gan';
import type { Cmcgan } from './cmcgan';
import { resolveConfig } from './config';
import type { Architecture } from './cross-modal-model';
import { chenGanFromTensors, cmcganFromTensors } from './model-from-tensors';
import { fromSafetensors } from './safetensors';
import type { TensorData } from './safetensors';

/** A model of any architecture, as loaded from its files; `architecture` tells which one it is. */
export type LoadedModel = Cmcgan | ChenGan;

/** The contents of the two files of a model that `saveModel` wrote, wherever they come from. */
export interface ModelFiles {
  /** The object in config.json. */
  config: object;
  /** The bytes of model.safetensors. */
  weights: Uint8Array | ArrayBuffer;
}

/** What error messages call the files, and the function that was called. */
export interface ModelFileNames {
  config?: string;
  weights?: string;
  functionName?: string;
}

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
 * Builds a trained model of any architecture from the contents of its files. The caller must dispose the model.
 *
 * @throws an error that names the file if one is truncated or corrupt, or if the two do not match
 */
export function modelFromFiles({ config: saved, weights }: ModelFiles, names: ModelFileNames = {}): LoadedModel {
  const {
    config: configName = 'config.json',
    weights: weightsName = 'model.safetensors',
    functionName = 'modelFromFiles',
  } = names;
  const { architecture = 'cmcgan', ...given } = saved as Record<string, unknown>;
  const files = Object.hasOwn(ARCHITECTURES, String(architecture)) ? ARCHITECTURES[architecture as Architecture] : undefined;
  if (files === undefined) {
    const known = Object.keys(ARCHITECTURES).join(', ');
    throw new Error(
      `${functionName}: architecture of ${configName} must be one of ${known}, got ${JSON.stringify(architecture)}`,
    );
  }
  const config = wholeConfig(files, given, `${functionName}: ${configName}`);
  return files.create(config, fromSafetensors(weights, { name: weightsName }).tensors, weightsName);
}

function wholeConfig({ resolve, later }: ArchitectureFiles, given: Record<string, unknown>, label: string): object {
  const missing = missingKeys(given, resolve({})).find((key) => !later.includes(key));
  if (missing !== undefined) throw new Error(`${label} must hold the whole configuration, but ${missing} is missing`);
  try {
    return resolve(given);
  } catch (error) {
    throw new Error(`${label} must hold a valid configuration: ${(error as Error).message}`, { cause: error });
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
