import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { modelFromFiles } from '../model-from-files';
import type { LoadedModel } from '../model-from-files';
import { CONFIG_FILE, WEIGHTS_FILE } from './file-names';
import { findCheckpoint, type FindCheckpointOptions } from './find-checkpoint';
import { readConfig } from './read-config';

/** For a run folder, the name of the checkpoint. Default: the one that {@link findCheckpoint} chooses. */
export type LoadModelOptions = FindCheckpointOptions;

/**
 * Loads a trained model of any architecture from a folder that `saveModel` wrote, from a checkpoint, or from a run folder, as found by
 * {@link findCheckpoint}.
 *
 * @throws an error that names the file if a file is missing, truncated or corrupt, or if the two files do not match
 */
export async function loadModel(path: string, options: LoadModelOptions = {}): Promise<LoadedModel> {
  const { folder } = await findCheckpoint(path, options);
  const names = { config: join(folder, CONFIG_FILE), weights: join(folder, WEIGHTS_FILE), functionName: 'loadModel' };
  const config = await readConfig(names.config);
  const weights = await readFile(names.weights).catch((error: NodeJS.ErrnoException) => {
    throw new Error(`loadModel: ${names.weights} must be readable, got ${error.code}`, { cause: error });
  });
  return modelFromFiles({ config, weights }, names);
}
