import { fromSafetensors } from '@cmcgan/model';
import { classifierFromTensors } from './classifier';
import { resolveClassifierConfig } from './config';
import type { ClassifierConfig } from './config';
import type { Provenance } from './provenance';
import type { TrainedClassifier } from './training/train-new-classifier';

/** The contents of the two files of a classifier that `saveClassifier` wrote, wherever they come from. */
export interface ClassifierFiles {
  /** The object in config.json. */
  config: object;
  /** The bytes of model.safetensors. */
  weights: Uint8Array | ArrayBuffer;
}

/** What error messages call the files, and the function that was called. */
export interface ClassifierFileNames {
  config?: string;
  weights?: string;
  functionName?: string;
}

/**
 * Builds a trained classifier from the contents of its files. The caller must dispose the classifier.
 *
 * @throws an error that names the file if one is damaged, or if the two do not match
 */
export function classifierFromFiles({ config, weights }: ClassifierFiles, names: ClassifierFileNames = {}): TrainedClassifier {
  const { weights: weightsName = 'model.safetensors', functionName = 'classifierFromFiles' } = names;
  const { classifier, provenance } = checkedConfig(config, `${functionName}: ${names.config ?? 'config.json'}`);
  const { tensors } = fromSafetensors(weights, { name: weightsName });
  return { classifier: classifierFromTensors(classifier, tensors, weightsName), provenance };
}

function checkedConfig(config: object, label: string): { classifier: ClassifierConfig; provenance: Provenance } {
  const { classifier, provenance } = config as { classifier?: ClassifierConfig; provenance?: Provenance };
  try {
    if (!classifier || !provenance?.data) throw new Error('classifier or provenance is missing');
    return { classifier: resolveClassifierConfig(classifier), provenance };
  } catch (error) {
    throw new Error(`${label} must describe a classifier: ${(error as Error).message}`, { cause: error });
  }
}
