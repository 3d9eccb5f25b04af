/// <reference types="@webgpu/types" />
import { engine } from '@tensorflow/tfjs-core';
import { useWebgpuKernels } from '../../src/webgpu/index';
import type { OpenBackend } from '../../src/webgpu/open-backend';
import { CONVOLUTIONS } from './convolution-cases';
import type { ConformanceBackend } from './on-backend';

/** Fills every buffer with NaN before a kernel writes it. */
function poisonBuffers(): void {
  const { bufferManager, device } = engine().backend as unknown as OpenBackend;
  const acquire = bufferManager.acquireBuffer;
  const written = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST;
  bufferManager.acquireBuffer = (...args) => {
    const buffer = acquire.apply(bufferManager, args);
    if (buffer.mapState === 'unmapped' && (buffer.usage & written) === written) {
      device.queue.writeBuffer(buffer, 0, new Uint8Array(buffer.size).fill(0xff));
    }
    return buffer;
  };
}

let started: Promise<void> | undefined;

/** Our kernels on TensorFlow.js' WebGPU backend, on Node or in a browser. */
export const webgpuRow: ConformanceBackend = {
  name: 'webgpu',
  convolutions: CONVOLUTIONS,
  replacesOptimizers: true,
  start: () => (started ??= useWebgpuKernels().then(poisonBuffers)),
};
