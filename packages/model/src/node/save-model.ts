import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { CrossModalModel } from '../cross-modal-model';
import { safetensorsHeader } from '../safetensors';
import { CONFIG_FILE, WEIGHTS_FILE } from './file-names';
import { writeFileAtomic } from './write-file-atomic';

/** The part of a model that is saved. */
export interface SavedModel extends Pick<CrossModalModel, 'architecture' | 'config'> {
  tensors(): Record<string, Tensor>;
}

/**
 * Writes a model to a folder, which is created if necessary: `model.safetensors` (weights and moving averages) and `config.json` (name and
 * configuration of the architecture). Each file is replaced completely or not at all.
 */
export async function saveModel({ architecture, config, tensors }: SavedModel, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFileAtomic(join(folder, WEIGHTS_FILE), weightChunks(Object.entries(tensors())));
  const text = `${JSON.stringify({ architecture, ...config }, null, 2)}\n`;
  await writeFileAtomic(join(folder, CONFIG_FILE), [new TextEncoder().encode(text)]);
}

async function* weightChunks(tensors: [name: string, tensor: Tensor][]): AsyncGenerator<Uint8Array> {
  yield safetensorsHeader(Object.fromEntries(tensors.map(([name, { shape }]) => [name, shape])), { format: 'cmcgan' });
  for (const [, tensor] of tensors) {
    const values = await tensor.data<'float32'>();
    yield new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  }
}
