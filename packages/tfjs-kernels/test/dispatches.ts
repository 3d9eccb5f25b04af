/// <reference types="@webgpu/types" />
import { findGpu } from '../src/webgpu/find-gpu';

/** Calls to a GPU. */
export interface GpuCalls {
  dispatches: number;
  submissions: number;
  bufferWrites: number;
}

/** Counts the calls to any GPU while `run` runs. */
export async function countGpuCalls(run: () => unknown): Promise<GpuCalls> {
  await findGpu(); // makes the classes of WebGPU global
  const [pass, queue] = [GPUComputePassEncoder.prototype, GPUQueue.prototype];
  const { dispatchWorkgroups } = pass;
  const { submit, writeBuffer } = queue;
  const calls: GpuCalls = { dispatches: 0, submissions: 0, bufferWrites: 0 };
  const counted = <F extends (...args: never[]) => unknown>(original: F, name: keyof GpuCalls) =>
    function (this: unknown, ...args: Parameters<F>) {
      calls[name]++;
      return original.apply(this, args);
    } as F;
  pass.dispatchWorkgroups = counted(dispatchWorkgroups, 'dispatches');
  Object.assign(queue, { submit: counted(submit, 'submissions'), writeBuffer: counted(writeBuffer, 'bufferWrites') });
  try {
    await run();
  } finally {
    pass.dispatchWorkgroups = dispatchWorkgroups;
    Object.assign(queue, { submit, writeBuffer });
  }
  return calls;
}
