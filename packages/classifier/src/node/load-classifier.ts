import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { classifierFromFiles } from '../classifier-from-files';
import type { TrainedClassifier } from '../training/train-new-classifier';
import { CONFIG_FILE, WEIGHTS_FILE } from './file-names';
import { sha256 } from './save-classifier';

/**
 * Loads a classifier that `saveClassifier` wrote. The caller must dispose the classifier.
 *
 * @throws an error that names the file if a file is missing or damaged, or if the two files do not match
 */
export async function loadClassifier(folder: string): Promise<TrainedClassifier> {
  const names = { config: join(folder, CONFIG_FILE), weights: join(folder, WEIGHTS_FILE), functionName: 'loadClassifier' };
  const config = parseConfig(await read(names.config), names.config);
  const weights = await read(names.weights);
  if (sha256(weights) !== config.weightsSha256) {
    throw new Error(
      `loadClassifier: ${names.weights} must be the file that ${CONFIG_FILE} was written with, but its SHA-256 differs`,
    );
  }
  return classifierFromFiles({ config, weights }, names);
}

async function read(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new Error(`loadClassifier: ${path} must be readable, got ${(error as NodeJS.ErrnoException).code}`, { cause: error });
  }
}

function parseConfig(bytes: Uint8Array, path: string): { weightsSha256: string } {
  try {
    const { weightsSha256, ...saved } = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
    if (typeof weightsSha256 !== 'string') throw new Error('classifier, provenance or weightsSha256 is missing');
    return { ...saved, weightsSha256 };
  } catch (error) {
    throw new Error(`loadClassifier: ${path} must describe a classifier: ${(error as Error).message}`, { cause: error });
  }
}
