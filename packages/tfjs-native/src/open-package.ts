import type { NativeDevice } from './native-package';

/** How TensorFlow is to compute. */
export interface ComputeOptions {
  /** Default: the first GPU if TensorFlow finds one, else the processor. */
  readonly device?: NativeDevice;
  /** Threads of one operation, and operations that run at a time; default: one per core. */
  readonly threads?: number;
}

/** The part of tfjs-node's API that is used here. */
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
 * Loads a package from its folder, after restoring a function that Node 23 removed and the package still calls. Also passed as text to a
 * separate process, so it uses nothing but its arguments.
 */
export function openPackage(load: (name: string) => unknown, packageFolder: string): NativePackage {
  const util = load('node:util') as { isNullOrUndefined?: (value: unknown) => boolean };
  util.isNullOrUndefined ??= (value) => value === null || value === undefined;
  return load(packageFolder) as NativePackage;
}

/**
 * The environment that TensorFlow reads once, as it loads. Variables set in `given` are left alone, except for those that the options set.
 * TF_ENABLE_ONEDNN_OPTS: by default TensorFlow uses oneDNN only on newer Intel processors.
 */
export function computeEnvironment({ device, threads }: ComputeOptions, given: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const asked: NodeJS.ProcessEnv = {};
  if (device === 'processor') asked.CUDA_VISIBLE_DEVICES = '-1';
  if (threads !== undefined) asked.TF_NUM_INTRAOP_THREADS = asked.TF_NUM_INTEROP_THREADS = String(threads);
  const defaults = { TF_CPP_MIN_LOG_LEVEL: '2', TF_ENABLE_ONEDNN_OPTS: '1', TF_FORCE_GPU_ALLOW_GROWTH: 'true' };
  const kept = Object.entries(defaults).filter(([name]) => given[name] === undefined);
  return { ...Object.fromEntries(kept), ...asked };
}
