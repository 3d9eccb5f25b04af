import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { logMelSpectrum } from '@cmcgan/audio-features';
import { saveModel } from '@cmcgan/model/node';
import { probeGpu } from '@cmcgan/tfjs-kernels/webgpu';
import { getBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { hasGpu } from '../../../test/extras/gpu';
import { temporaryFolder } from '../../../test/temporary-folder';
import { createGivenNetwork, GIVEN_PICTURE } from '../test/given';
import { load, type LoadOptions } from './index';
import { startBackend } from './start-backend';

const present = hasGpu('cmcgan');
const folder = join(temporaryFolder('cmcgan-backend'), 'model');
const cores = availableParallelism();

async function run(options: LoadOptions = {}) {
  const model = await load(folder, options);
  const { samples } = await model.pictureToSound(GIVEN_PICTURE);
  model.dispose();
  return { backend: model.backend, samples };
}

/**
 * The mean difference between the log-mel levels of two sounds, in dB. The search for phases makes rounding errors of a spectrum audible to a
 * few single bands, but not more.
 */
const levelDifference = (a: Float32Array, b: Float32Array) => {
  const [levels, others] = [logMelSpectrum(a).data, logMelSpectrum(b).data];
  return levels.reduce((sum, value, i) => sum + Math.abs(value - others[i]), 0) / levels.length;
};

describe('load', () => {
  let first: Awaited<ReturnType<typeof run>>;
  let chosen: string;
  beforeAll(async () => {
    expect(getBackend() as string | undefined).toBeUndefined();
    const starting = await Promise.all([startBackend({}, undefined), startBackend({}, undefined)]); // at once
    expect(starting[0]).toBe(starting[1]);
    chosen = starting[0];
    await saveModel(createGivenNetwork(), folder);
    first = await run({ backend: 'wasm', threads: cores });
  });

  const onAllCores = `wasm, ${cores} thread${cores === 1 ? '' : 's'}`;

  it('starts the GPU if no backend is current, else wasm on all cores; a software driver is no GPU', async () => {
    const gpu = await probeGpu();
    const isGpu = gpu.found && !gpu.description.endsWith('(software)');
    expect(chosen).toBe(isGpu ? `webgpu, ${gpu.description}` : onAllCores);
  });

  it('starts wasm on as many threads as asked for', () => {
    expect(first.backend).toBe(onAllCores);
    expect(first.samples.some((value) => Math.abs(value) > 0.01)).toBe(true);
  });

  it('gives the same to the bit on any number of threads', async () => {
    const alone = await run({ threads: 1 });
    expect(alone.backend).toBe('wasm, 1 thread');
    expect(alone.samples).toEqual(first.samples);
    expect((await run()).backend).toBe('wasm, 1 thread'); // the current one stays
    expect((await run({ threads: cores })).backend).toBe(first.backend);
  });

  it.skipIf(!present)(
    'takes a GPU that is asked for, and gives the same within rounding',
    async () => {
      const { backend, samples } = await run({ backend: 'webgpu' });
      expect(backend).toMatch(/^webgpu, ./);
      expect(levelDifference(samples, first.samples)).toBeLessThan(0.1);
    },
    400_000,
  ); // a software driver compiles shaders slowly
});
