import type { NativeDevice } from './native-package';

/** How TensorFlow is to compute. */
export interface ComputeOptions {
  /** Left out: on the first GPU where TensorFlow finds one, else on the processor. */
  readonly device?: NativeDevice;
  /** Threads of one operation, and operations at a time; left out: as many as there are cores. */
  readonly threads?: number;
}

/** What a package of TensorFlow for Node gives that matters here. */
export interface NativePackage {
  backend(): { readonly isUsingGpuDevice: boolean; readonly binding: { readonly TF_Version: string } };
  matMul(a: unknown, b: unknown): NativeTensor;
  conv2d(x: unknown, filter: unknown, strides: number, pad: string): NativeTensor;
  ones(shape: readonly number[]): NativeTensor;
}

interface NativeTensor {
  dataSync(): Float32Array;
}

/**
 * Loads a package from its folder. Node 23 took away a function that it still calls. A process of its own gets this function as text, so it
 * uses nothing but its arguments.
 */
export function openPackage(load: (name: string) => unknown, packageFolder: string): NativePackage {
  const util = load('node:util') as { isNullOrUndefined?: (value: unknown) => boolean };
  util.isNullOrUndefined ??= (value) => value === null || value === undefined;
  return load(packageFolder) as NativePackage;
}

/**
 * The environment that TensorFlow reads once, as it loads. What is in `given` already stays as it is, save what the options ask for.
 * TF_ENABLE_ONEDNN_OPTS: TensorFlow itself takes oneDNN on newer Intel processors only.
 */
export function computeEnvironment({ device, threads }: ComputeOptions, given: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const asked: NodeJS.ProcessEnv = {};
  if (device === 'processor') asked.CUDA_VISIBLE_DEVICES = '-1';
  if (threads !== undefined) asked.TF_NUM_INTRAOP_THREADS = asked.TF_NUM_INTEROP_THREADS = String(threads);
  const defaults = { TF_CPP_MIN_LOG_LEVEL: '2', TF_ENABLE_ONEDNN_OPTS: '1', TF_FORCE_GPU_ALLOW_GROWTH: 'true' };
  const kept = Object.entries(defaults).filter(([name]) => given[name] === undefined);
  return { ...Object.fromEntries(kept), ...asked };
}
