/// <reference types="@webgpu/types" />
import { activeRecording } from '../record';
import type { DeviceErrors } from './device-errors';
import { keepCommands } from './keep-commands';
import { LatePipeline, real } from './late';
import type { OpenBackend } from './open-backend';
import { flush } from './recording/places';

/** The pipelines that are being compiled, and the commands that wait for them. */
export interface Compilation {
  /** Resolves once no pipeline is being compiled and no command waits. */
  finished(): Promise<void>;
  /** Compiles what is left on this thread, and submits the commands that wait. */
  finish(): void;
}

/**
 * From now on, the backend's pipelines are compiled side by side, on threads of WebGPU's implementation; the stock backend waits for each in
 * turn. Until the last one is there, commands are kept in their order; reads wait with them. So a step that runs for the first time waits
 * once. While a step is recorded, pipelines are compiled at once.
 */
export function compileSideBySide(backend: OpenBackend, errors: DeviceErrors): Compilation {
  const { device } = backend;
  const { createComputePipeline } = device;
  const pending = new Map<LatePipeline, Promise<void>>();
  let submitKept: (() => void) | undefined;

  const finish = (): void => {
    if (!submitKept) return;
    if (!backend.disposed) flush(backend);
    const submit = submitKept;
    submitKept = undefined;
    pending.clear();
    const { pipelineCache } = backend;
    for (const [key, pipeline] of Object.entries(pipelineCache)) pipelineCache[key] = real(pipeline);
    submit();
  };

  const finished = async (): Promise<void> => {
    while (submitKept) {
      await Promise.all(pending.values());
      if (pending.size === 0) finish();
    }
  };

  const compile = (descriptor: GPUComputePipelineDescriptor): GPUComputePipeline => {
    const pipeline = new LatePipeline(() => createComputePipeline.call(device, descriptor));
    // One that cannot be compiled is compiled again when it is needed, so that the device reports its error.
    const compiled = device.createComputePipelineAsync(descriptor).then(
      (value) => void (pipeline.value = value),
      () => undefined,
    );
    pending.set(pipeline, compiled.finally(() => pending.delete(pipeline)) as Promise<void>); // prettier-ignore
    return pipeline as unknown as GPUComputePipeline;
  };

  let isImmediate = false;
  device.createComputePipeline = (descriptor) => {
    if (isImmediate || activeRecording()) return createComputePipeline.call(device, descriptor);
    if (submitKept) return compile(descriptor);
    flush(backend);
    submitKept = keepCommands(backend, errors, finished);
    const pipeline = compile(descriptor);
    void finished();
    return pipeline;
  };

  // Pictures that a page lends expire before a pipeline that is compiled elsewhere could read or draw them.
  const { runWebGPUProgram } = backend;
  backend.runWebGPUProgram = (program, ...rest) => {
    const readsNow = program.pixelsOpType != null;
    if (readsNow) finish();
    isImmediate = readsNow;
    try {
      return runWebGPUProgram.call(backend, program, ...rest);
    } finally {
      isImmediate = false;
    }
  };
  return { finished, finish };
}
