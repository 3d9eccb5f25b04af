import type { Tensor } from '@tensorflow/tfjs-core';
import { safetensorsHeader } from '../safetensors';
import { writeFileAtomic, type WriteOptions } from './write-file-atomic';

/**
 * Writes float32 tensors as a safetensors file, completely or not at all. They are copied and written one by one, so that no more than one
 * copy is in memory.
 */
export async function writeTensors(
  path: string,
  tensors: Readonly<Record<string, Tensor>>,
  { metadata, ...options }: WriteOptions & { readonly metadata?: Record<string, string> } = {},
): Promise<void> {
  await writeFileAtomic(path, chunksOf(Object.entries(tensors), metadata), options);
}

async function* chunksOf(
  tensors: readonly [name: string, tensor: Tensor][],
  metadata?: Record<string, string>,
): AsyncGenerator<Uint8Array> {
  yield safetensorsHeader(Object.fromEntries(tensors.map(([name, { shape }]) => [name, shape])), metadata);
  for (const [, tensor] of tensors) {
    const values = await tensor.data<'float32'>();
    yield new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  }
}
