/// <reference types="@webgpu/types" />

/** Errors of the device, which WebGPU reports late and apart from the call that caused them. */
export interface DeviceErrors {
  /** Throws the first error since the last one that was thrown; a lost device throws again and again. */
  throwIfAny(): void;
  /** Runs calls to the device later than they were asked for: an error that they throw counts as one of the device. */
  collect(run: () => void): void;
}

const REMEDIES = {
  memory: 'the GPU is out of memory; make the batch or the networks smaller, or close other programs that use the GPU',
  lost: 'the GPU was lost (its driver was reset, or it was removed); start again',
};

/** Collects the device's errors from now on. */
export function watchDevice(device: GPUDevice): DeviceErrors {
  let first: Error | undefined;
  let lost: Error | undefined;
  device.addEventListener('uncapturederror', (event) => {
    const { error } = event as GPUUncapturedErrorEvent;
    event.preventDefault();
    const isMemory = error.constructor.name === 'GPUOutOfMemoryError' || /out of memory/i.test(error.message);
    first ??= new Error(`webgpu backend: ${isMemory ? REMEDIES.memory : error.message}`, { cause: error });
  });
  device.lost.then(
    ({ reason, message }) => {
      if (reason !== 'destroyed') lost = new Error(`webgpu backend: ${REMEDIES.lost}: ${message}`);
    },
    () => undefined,
  );
  return {
    throwIfAny() {
      const error = lost ?? first;
      first = undefined;
      if (error) throw error;
    },
    collect(run) {
      try {
        run();
      } catch (error) {
        first ??= error as Error;
      }
    },
  };
}
