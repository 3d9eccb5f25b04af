import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Variable } from '@tensorflow/tfjs-core';
import type { Cmcgan } from '../cmcgan';
import { safetensorsHeader } from '../safetensors';
import { CONFIG_FILE, WEIGHTS_FILE } from './file-names';
import { writeFileAtomic } from './write-file-atomic';

/**
 * Writes a model to a folder, which is made if need be: `model.safetensors` (weights and moving averages) and `config.json`. Each file is
 * replaced as a whole or not at all.
 */
export async function saveCmcgan(model: Pick<Cmcgan, 'config' | 'tensors'>, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const tensors = Object.entries(model.tensors());
  await writeFileAtomic(join(folder, WEIGHTS_FILE), weightChunks(tensors));
  await writeFileAtomic(join(folder, CONFIG_FILE), [new TextEncoder().encode(`${JSON.stringify(model.config, null, 2)}\n`)]);
}

async function* weightChunks(tensors: [name: string, tensor: Variable][]): AsyncGenerator<Uint8Array> {
  yield safetensorsHeader(Object.fromEntries(tensors.map(([name, { shape }]) => [name, shape])), { format: 'cmcgan' });
  for (const [, tensor] of tensors) {
    const values = await tensor.data<'float32'>();
    yield new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  }
}
