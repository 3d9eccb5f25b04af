import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { CrossModalModel } from '../cross-modal-model';
import { CONFIG_FILE, WEIGHTS_FILE } from './file-names';
import { writeFileAtomic, type WriteOptions } from './write-file-atomic';
import { writeTensors } from './write-tensors';

/** The part of a model that is saved. */
export interface SavedModel extends Pick<CrossModalModel, 'architecture' | 'config'> {
  tensors(): Record<string, Tensor>;
}

/**
 * Writes a model to a folder, which is created if necessary: `model.safetensors` (weights and moving averages) and `config.json` (name and
 * configuration of the architecture). Each file is replaced completely or not at all.
 */
export async function saveModel(
  { architecture, config, tensors }: SavedModel,
  folder: string,
  options: WriteOptions = {},
): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeTensors(join(folder, WEIGHTS_FILE), tensors(), { metadata: { format: 'cmcgan' }, ...options });
  const text = `${JSON.stringify({ architecture, ...config }, null, 2)}\n`;
  await writeFileAtomic(join(folder, CONFIG_FILE), [new TextEncoder().encode(text)], options);
}
