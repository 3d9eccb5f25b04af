import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fromSafetensors } from '@cmcgan/model';
import { classifierFromTensors } from '../classifier';
import { resolveClassifierConfig } from '../config';
import type { ClassifierConfig } from '../config';
import type { Provenance } from '../provenance';
import type { TrainedClassifier } from '../training/train-new-classifier';
import { CONFIG_FILE, WEIGHTS_FILE } from './file-names';
import { sha256 } from './save-classifier';

interface SavedConfig {
  classifier: ClassifierConfig;
  provenance: Provenance;
  weightsSha256: string;
}

/**
 * Loads a classifier that `saveClassifier` wrote. The caller must dispose the classifier.
 *
 * @throws an error that names the file if a file is missing or damaged, or if the two files do not match
 */
export async function loadClassifier(folder: string): Promise<TrainedClassifier> {
  const configPath = join(folder, CONFIG_FILE);
  const weightsPath = join(folder, WEIGHTS_FILE);
  const { classifier, provenance, weightsSha256 } = parseConfig(await read(configPath), configPath);
  const weights = await read(weightsPath);
  if (sha256(weights) !== weightsSha256) {
    throw new Error(
      `loadClassifier: ${weightsPath} must be the file that ${CONFIG_FILE} was written with, but its SHA-256 differs`,
    );
  }
  const { tensors } = fromSafetensors(weights, { name: weightsPath });
  return { classifier: classifierFromTensors(classifier, tensors, weightsPath), provenance };
}

async function read(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new Error(`loadClassifier: ${path} must be readable, got ${(error as NodeJS.ErrnoException).code}`, { cause: error });
  }
}

function parseConfig(bytes: Uint8Array, path: string): SavedConfig {
  try {
    const saved = JSON.parse(new TextDecoder().decode(bytes)) as Partial<SavedConfig>;
    const { classifier, provenance, weightsSha256 } = saved;
    if (!classifier || !provenance?.data || typeof weightsSha256 !== 'string') {
      throw new Error('classifier, provenance or weightsSha256 is missing');
    }
    return { classifier: resolveClassifierConfig(classifier), provenance, weightsSha256 };
  } catch (error) {
    throw new Error(`loadClassifier: ${path} must describe a classifier: ${(error as Error).message}`, { cause: error });
  }
}
