import { engine, getBackend, getKernel } from '@tensorflow/tfjs-core';
import type { NamedAttrMap, NamedTensorMap, Tensor } from '@tensorflow/tfjs-core';
import type { FusedKernelName } from './fused-kernels';
import { activeRecording } from './record';

/**
 * Whether the current backend has the kernel and may overwrite the tensors: one that shares its memory with a clone must not change,
 * or the clone would change too.
 */
export function canChangeInPlace(kernelName: FusedKernelName, tensors: readonly Tensor[]): boolean {
  const { backend } = engine();
  return getKernel(kernelName, getBackend()) != null && tensors.every((tensor) => backend.refCount(tensor.dataId) <= 1);
}

/** Numbers, or lists of them, by name. */
type Numbers = Record<string, number | number[]>;

/**
 * Runs a kernel that changes tensors in the list and returns none.
 *
 * @param attrs called once for each step, recorded or replayed
 */
export function runInPlace(kernelName: FusedKernelName, tensors: readonly Tensor[], attrs: () => Numbers): void {
  const run = (numbers: Numbers): void => {
    // As in tf.concat, a list is passed where a map of named tensors is declared.
    engine().runKernel(kernelName, tensors as unknown as NamedTensorMap, numbers as NamedAttrMap);
  };
  const recording = activeRecording();
  if (recording) recording.runChanging(attrs, run);
  else run(attrs());
}
