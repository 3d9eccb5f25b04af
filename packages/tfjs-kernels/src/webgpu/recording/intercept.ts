/// <reference types="@webgpu/types" />
import type { OpenBackend } from '../open-backend';
import { recordingEncoder } from './commands';
import { flush } from './places';
import type { Recording } from './recording';

/** From now on, the backend's commands are also recorded; the function that is returned ends that. */
export function intercept(recording: Recording): () => void {
  const { backend } = recording.context;
  const { ensureCommandEncoderReady, uploadToGPU, write, read, readSync } = backend;
  flush(backend);
  recording.isActive = true;
  const giveBack = recording.buffers.intercept((buffer) => recording.changingUniforms?.push(buffer));
  Object.assign(backend, {
    ensureCommandEncoderReady() {
      backend.commandEncoder ??= recordingEncoder(backend.device.createCommandEncoder(), recording.commands);
    },
    uploadToGPU(dataId: object) {
      uploadToGPU.call(backend, dataId);
      const { resource } = backend.tensorMap.get(dataId);
      if (!resource) return;
      recording.used.add(resource);
      recording.buffers.reserve(resource);
    },
    write(...args: Parameters<OpenBackend['write']>) {
      const dataId = write.apply(backend, args);
      recording.made.add(dataId);
      return dataId;
    },
    read: refuseReading(recording, read),
    readSync: refuseReading(recording, readSync),
  });
  return () => {
    flush(backend);
    giveBack();
    Object.assign(backend, { ensureCommandEncoderReady, uploadToGPU, write, read, readSync });
    recording.isActive = false;
  };
}

/** Kernels may read values that are in JavaScript: they are constants of the step. */
function refuseReading<R>(recording: Recording, read: (dataId: object) => R): (dataId: object) => R {
  const { backend } = recording.context;
  return (dataId) => {
    if (backend.tensorMap.get(dataId).values != null) return read.call(backend, dataId);
    recording.failure ??= new Error(
      'record: step must not read the values of tensors (data, dataSync, array, print): return them instead',
    );
    throw recording.failure;
  };
}
