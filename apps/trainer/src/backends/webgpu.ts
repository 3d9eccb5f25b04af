import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { UserError } from '@cmcgan/command-line';
import type { Backend, BackendAvailability } from './backend';

/** Asks for a GPU in a process of its own: a driver that crashes takes that one with it, and this process loads nothing. */
const PROBE = `
  const { create } = await import(process.argv[1]);
  const adapter = await create([]).requestAdapter({ powerPreference: 'high-performance' });
  if (adapter) console.log('GPU: ' + (adapter.info.description || adapter.info.vendor || 'unnamed'));
  process.exit(0);`;
const PROBE_TIMEOUT_MS = 20_000;

const NO_GPU_REMEDY =
  "install the GPU's driver for Vulkan, Metal or D3D12 (to try without a GPU, name a software driver for Vulkan in VK_ICD_FILENAMES), or use " +
  '--backend wasm';

function packageAddress(): string | undefined {
  try {
    return createRequire(import.meta.url).resolve('webgpu');
  } catch {
    return undefined;
  }
}

async function availability(): Promise<BackendAvailability> {
  const address = packageAddress();
  if (address === undefined) {
    const remedy = 'install it with: npx pnpm --filter trainer add --save-optional webgpu@0.6.2, or use --backend wasm';
    return { available: false, reason: 'the optional package webgpu is not installed', remedy };
  }
  try {
    const words = ['--input-type=module', '--eval', PROBE, `file://${address}`];
    const { stdout } = await promisify(execFile)(process.execPath, words, { timeout: PROBE_TIMEOUT_MS });
    const gpu = /^GPU: (.+)$/m.exec(stdout)?.[1];
    if (gpu !== undefined) return { available: true, description: `WebGPU on ${gpu}` };
    return { available: false, reason: 'no GPU was found', remedy: NO_GPU_REMEDY };
  } catch (error) {
    const line = String((error as { stderr?: string }).stderr || error).trim().split('\n').at(-1); // prettier-ignore
    return { available: false, reason: `WebGPU could not be started (${line})`, remedy: NO_GPU_REMEDY };
  }
}

/** Any GPU with Vulkan, Metal or D3D12, through the optional package `webgpu`, with the training kernels of @cmcgan/tfjs-kernels. */
export const webgpu: Backend = {
  name: 'webgpu',
  summary: 'any GPU with Vulkan, Metal or D3D12',
  availability,
  async start({ onInfo }) {
    const { useWebgpuKernels } = await import('@cmcgan/tfjs-kernels/webgpu');
    const kernels = await useWebgpuKernels({ onInfo }).catch((error: Error) => {
      throw new UserError(`--backend webgpu: ${error.message}; ${NO_GPU_REMEDY}`, undefined, { cause: error });
    });
    return {
      name: 'webgpu',
      threads: 1,
      description: `webgpu, ${kernels.description}`,
      memoryBytes: () => kernels.memoryBytes(),
      dispose: () => kernels.dispose(),
    };
  },
};
