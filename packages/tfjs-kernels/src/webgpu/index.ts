import { removeBackend } from '@tensorflow/tfjs-core';
import { mendGradients } from '../gradients/mend-gradients';
import { findGpu } from './find-gpu';
import { installKernels } from './install-kernels';
import { openDevice } from './open-device';
import { assertRightResults } from './self-test';

export { probeGpu } from './probe-gpu';
export type { GpuProbe, GpuProbeOptions } from './probe-gpu';

export interface WebgpuKernelsOptions {
  /** Which GPU to use if there are two; default 'high-performance'. */
  powerPreference?: 'low-power' | 'high-performance';
  /** Called once with a description of the GPU. */
  onInfo?: (message: string) => void;
}

export interface WebgpuKernels {
  /** A description of the GPU and its driver. */
  readonly description: string;
  /** Bytes of GPU memory that the backend holds. */
  memoryBytes(): number;
  /** Closes the GPU; tensors on it are lost. `useWebgpuKernels` opens it again. */
  dispose(): Promise<void>;
}

/**
 * Opens the GPU for TensorFlow.js' WebGPU backend (in a browser, or on Node through the package `webgpu`), replaces its convolutions, adds
 * the kernels that training needs, and makes it the current backend. The kernels must pass a self-test.
 */
export async function useWebgpuKernels(options: WebgpuKernelsOptions = {}): Promise<WebgpuKernels> {
  const { powerPreference = 'high-performance', onInfo = () => undefined } = options;
  const opened = await openDevice(await findGpu(), powerPreference);
  const { description, device } = opened;
  mendGradients();
  const backend = await installKernels(opened);
  await assertRightResults();
  onInfo(`webgpu kernels on ${description}: results correct`);
  return {
    description,
    memoryBytes: () => backend.bufferManager.numBytesAllocated,
    async dispose() {
      removeBackend('webgpu');
      device.destroy();
    },
  };
}
