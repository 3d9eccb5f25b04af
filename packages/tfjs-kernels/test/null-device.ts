/// <reference types="@webgpu/types" />
import { create, globals } from 'webgpu';
import { installKernels } from '../src/webgpu/install-kernels';
import { openDevice } from '../src/webgpu/open-device';

/** Dawn crashes if one of them is collected while a pipeline is being compiled. */
const gpus: GPU[] = [];

/** Makes the WebGPU backend current on a device that validates commands but computes nothing: all values are zero. Needs no driver. */
export async function openNullDevice(): Promise<void> {
  Object.assign(globalThis, globals);
  const gpu = create(['backend=null']);
  gpus.push(gpu);
  const navigator = (globalThis.navigator ?? Object.defineProperty(globalThis, 'navigator', { value: {} }).navigator) as object;
  Object.defineProperty(navigator, 'gpu', { value: gpu, configurable: true });
  await installKernels(await openDevice(gpu, 'high-performance'));
}
