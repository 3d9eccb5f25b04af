import { readFile, writeFile } from 'node:fs/promises';
import { fromSafetensors, toSafetensors, type TensorData } from '@cmcgan/model';
import type { Optimizer } from '@cmcgan/tfjs-kernels';
import { dispose, scalar, tensor, type Tensor } from '@tensorflow/tfjs-core';

/** Writes an optimiser's slots as safetensors, its step count in the file's metadata. */
export async function saveOptimizer(optimizer: Optimizer, path: string): Promise<void> {
  const { stepCount, ...slots } = optimizer.state();
  try {
    const entries = Object.entries(slots).map(
      async ([name, slot]) => [name, { shape: slot.shape, data: await slot.data<'float32'>() }] as const,
    );
    const tensors: Record<string, TensorData> = Object.fromEntries(await Promise.all(entries));
    await writeFile(path, toSafetensors(tensors, { stepCount: String(optimizer.stepCount) }));
  } finally {
    dispose({ stepCount, ...slots });
  }
}

/** Gives an optimiser over the same variables the state that {@link saveOptimizer} wrote. */
export async function restoreOptimizer(optimizer: Optimizer, path: string): Promise<void> {
  const { tensors, metadata } = fromSafetensors(await readFile(path), { name: path });
  const slots = Object.entries(tensors).map(([name, { data, shape }]) => [name, tensor(data, [...shape])] as const);
  const state: Record<string, Tensor> = { ...Object.fromEntries(slots), stepCount: scalar(Number(metadata.stepCount), 'int32') };
  try {
    optimizer.restore(state);
  } finally {
    dispose(state);
  }
}
