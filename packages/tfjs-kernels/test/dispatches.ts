/// <reference types="@webgpu/types" />
import { findGpu } from '../src/webgpu/find-gpu';

/** Counts the dispatches to any GPU while `run` runs. */
export async function countDispatches(run: () => Promise<unknown>): Promise<number> {
  await findGpu(); // makes the classes of WebGPU global
  const { prototype } = GPUComputePassEncoder;
  const dispatch = prototype.dispatchWorkgroups;
  let count = 0;
  prototype.dispatchWorkgroups = function (...workgroups) {
    count++;
    return dispatch.apply(this, workgroups);
  };
  try {
    await run();
  } finally {
    prototype.dispatchWorkgroups = dispatch;
  }
  return count;
}
