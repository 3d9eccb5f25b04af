/// <reference types="@webgpu/types" />

/** The package that provides WebGPU on Node. A variable, so that bundlers for browsers have nothing to resolve. */
export const NODE_PACKAGE: string = 'webgpu';

/** This engine's WebGPU: the browser's own, or on Node that of the package `webgpu`, made global as TensorFlow.js expects. */
export async function findGpu(): Promise<GPU> {
  const present = (globalThis.navigator as Navigator | undefined)?.gpu;
  if (present) return present;
  const isNode = typeof process !== 'undefined' && process.versions?.node !== undefined;
  if (!isNode) throw new Error('useWebgpuKernels: the browser must support WebGPU, but it does not');
  const { create, globals } = await importPackage();
  Object.assign(globalThis, globals);
  const navigator = (globalThis.navigator ?? Object.defineProperty(globalThis, 'navigator', { value: {} }).navigator) as object;
  const gpu = create([]);
  Object.defineProperty(navigator, 'gpu', { value: gpu, configurable: true });
  return gpu;
}

async function importPackage(): Promise<{ create(options: string[]): GPU; globals: object }> {
  try {
    return (await import(/* @vite-ignore */ /* webpackIgnore: true */ NODE_PACKAGE)) as Awaited<ReturnType<typeof importPackage>>;
  } catch (error) {
    throw new Error('useWebgpuKernels: on Node the package webgpu must be installed (npm install webgpu@0.6.2)', {
      cause: error,
    });
  }
}
