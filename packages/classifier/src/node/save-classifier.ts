import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { toSafetensors } from '@cmcgan/model';
import { writeFileAtomic } from '@cmcgan/model/node';
import { tensorValues } from '../tensor-values';
import type { TrainedClassifier } from '../training/train-new-classifier';
import { CONFIG_FILE, WEIGHTS_FILE } from './file-names';

/**
 * Writes a trained classifier to a folder, which is created if necessary: `model.safetensors`, and `config.json` with its architecture, its
 * provenance and the SHA-256 of the weights. Each file is replaced completely or not at all; loading detects files that do not match.
 */
export async function saveClassifier({ classifier, provenance }: TrainedClassifier, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const weights = toSafetensors(await tensorValues(classifier), { format: 'cmcgan-classifier' });
  const config = { format: 1, classifier: classifier.config, provenance, weightsSha256: sha256(weights) };
  await writeFileAtomic(join(folder, WEIGHTS_FILE), [weights]);
  await writeFileAtomic(join(folder, CONFIG_FILE), [new TextEncoder().encode(`${JSON.stringify(config, null, 2)}\n`)]);
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
