import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BACKENDS, startBackend } from './index';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'backends-'));
  vi.stubEnv('CMCGAN_TFJS_NODE', folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

function plant(name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

/** A fake package of TensorFlow for Node that computes correctly on the processor. */
function plantTensorflow(): void {
  plant('lib/napi-v8/tfjs_binding.node', '');
  plant(
    'index.js',
    `const four = { dataSync: () => [4] };
     module.exports = { ones: () => four, matMul: () => four, conv2d: () => four,
       backend: () => ({ isUsingGpuDevice: false, binding: { TF_Version: '2.21.0' } }) };`,
  );
}

const availability = (name: string) => BACKENDS.find((backend) => backend.name === name)!.availability();

describe('native TensorFlow', () => {
  it.each([
    ['tfjs-node', 'build it with: npx pnpm --filter trainer start native'],
    ['tfjs-node-gpu', 'build it with: npx pnpm --filter trainer start native --gpu, or use --backend webgpu'],
  ])('%s names the command that builds what is missing', async (name, remedy) => {
    const reason = `${folder} has no native addon (lib/napi-v8/tfjs_binding.node)`;
    expect(await availability(name)).toEqual({ available: false, reason, remedy });
    await expect(startBackend(name, { threads: null })).rejects.toThrow(`--backend ${name}: ${reason}; ${remedy}`);
  });

  it('is described by its version and its device', async () => {
    plantTensorflow();
    expect(await availability('tfjs-node')).toEqual({ available: true, description: 'TensorFlow 2.21.0 on the processor' });
  });

  it('on a GPU is refused instead of silently computing on the processor', async () => {
    plantTensorflow();
    await expect(startBackend('tfjs-node-gpu', { threads: null })).rejects.toThrow(
      `--backend tfjs-node-gpu: TensorFlow 2.21.0 in ${folder} must compute on a GPU, but it finds none; build it with`,
    );
  });
});

describe('startBackend', () => {
  it('has one row for each name', () => {
    expect(BACKENDS.map(({ name }) => name)).toEqual([...new Set(BACKENDS.map(({ name }) => name))]);
  });

  it('rejects a name that is not in the table', async () => {
    await expect(startBackend('gpu', { threads: null })).rejects.toThrow('startBackend: name must be one of wasm');
  });
});
