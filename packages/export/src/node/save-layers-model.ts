import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomic } from '@cmcgan/model/node';
import { io } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';

/** Largest size of a file of weights: what browsers keep in their caches. */
const SHARD_BYTES = 4 * 2 ** 20;

/**
 * Writes a model to a folder, which is created if necessary, as `tf.loadLayersModel` reads it: `model.json` and files of weights beside it,
 * of at most 4 MiB. `model.json` is written last, and each file completely or not at all.
 *
 * @returns the names of the files
 */
export async function saveLayersModel(model: LayersModel, folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const names: string[] = [];
  const write = async (name: string, content: Uint8Array) => {
    await writeFileAtomic(join(folder, name), [content]);
    names.push(name);
  };
  const handler = io.withSaveHandler(async ({ weightData, weightSpecs, ...artifacts }) => {
    const bytes = new Uint8Array(io.CompositeArrayBuffer.join(weightData!));
    const count = Math.max(1, Math.ceil(bytes.length / SHARD_BYTES));
    const paths = Array.from({ length: count }, (_, i) => `group1-shard${i + 1}of${count}.bin`);
    for (const [i, path] of paths.entries()) await write(path, bytes.subarray(i * SHARD_BYTES, (i + 1) * SHARD_BYTES));
    const manifest = { ...artifacts, weightsManifest: [{ paths, weights: weightSpecs }] };
    await write('model.json', new TextEncoder().encode(JSON.stringify(manifest)));
    return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
  });
  await model.save(handler);
  return names.reverse(); // model.json first, as it is the one to open
}
