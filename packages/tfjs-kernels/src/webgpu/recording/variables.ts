/// <reference types="@webgpu/types" />
import type { Variable } from '@tensorflow/tfjs-core';
import { engine } from '@tensorflow/tfjs-core';
import type { OpenBackend } from '../open-backend';
import type { RecordingBuffers } from './buffers';

/** Every variable with the buffer that holds its values; those that were only in JavaScript are uploaded. */
export type VariableBuffers = Map<Variable, GPUBuffer>;

export function uploadVariables(backend: OpenBackend): VariableBuffers {
  const variables = Object.values(engine().registeredVariables).filter(({ dtype, size }) => dtype !== 'string' && size > 0);
  return new Map(variables.map((variable) => [variable, uploaded(backend, variable)]));
}

/** The buffer that holds a tensor's values, uploaded first if necessary. */
export function uploaded(backend: OpenBackend, { dataId }: { dataId: object }): GPUBuffer {
  backend.uploadToGPU(dataId);
  return backend.tensorMap.get(dataId).resource as GPUBuffer;
}

/** Throws if there is a variable that is not in `before`. */
export function assertNoNewVariables(before: VariableBuffers): void {
  const created = Object.values(engine().registeredVariables).find((value) => value.size > 0 && !before.has(value));
  if (!created || created.dtype === 'string') return;
  throw new Error(
    `record: step must not create variables, but created ${created.name}; run it once before, so that layers and optimisers have theirs`,
  );
}

/** A variable to which the step has assigned other memory. */
export interface Assigned {
  variable: Variable;
  /** The memory that it had before. */
  home: GPUBuffer;
  values: GPUBuffer;
}

/** The variables to which the step has assigned other memory. */
export const assignedVariables = (backend: OpenBackend, variables: VariableBuffers): Assigned[] =>
  [...variables].flatMap(([variable, home]) => {
    const values = backend.tensorMap.get(variable.dataId).resource ?? uploaded(backend, variable);
    return values === home ? [] : [{ variable, home, values }];
  });

/**
 * Copies the values of assigned variables back into their memory from before, so that the next replay starts from them. To be called while
 * commands are recorded.
 */
export function returnVariables(backend: OpenBackend, buffers: RecordingBuffers, assigned: readonly Assigned[]): void {
  if (assigned.length === 0) return;
  const copy = (source: GPUBuffer, target: GPUBuffer): void => {
    backend.ensureCommandEncoderReady();
    backend.endComputePassEncoder();
    backend.commandEncoder!.copyBufferToBuffer(source, 0, target, 0, source.size);
  };
  const sources = assigned.map(({ values }) => values);
  // Variables may have been assigned each other's memory, which must be read before any of it is overwritten.
  const homes = new Set(assigned.map(({ home }) => home));
  sources.forEach((source, i) => {
    if (!homes.has(source)) return;
    sources[i] = backend.bufferManager.acquireBuffer(source.size, source.usage);
    copy(source, sources[i]);
  });
  assigned.forEach(({ home }, i) => copy(sources[i], home));
  backend.submitQueue(); // frees the tensors that held the memory, so that it can be given back to the variables
  for (const { variable, home } of assigned) moveHome(backend, variable, home);
  for (const home of homes) buffers.adopt(home);
}

function moveHome(backend: OpenBackend, variable: Variable, home: GPUBuffer): void {
  const info = backend.makeTensorInfo(variable.shape, variable.dtype);
  backend.tensorMap.get(info.dataId).resource = home;
  const tensor = engine().makeTensorFromTensorInfo(info);
  variable.assign(tensor);
  tensor.dispose();
}

/** Throws if a variable is gone or has got other memory since it was recorded. */
export function assertAtHome(backend: OpenBackend, variable: Variable, home: GPUBuffer): void {
  const { name, isDisposed } = variable;
  if (isDisposed)
    throw new Error(`Recorded.replay: the variable ${name} must still exist, but was disposed of; record the step again`);
  if (backend.tensorMap.has(variable.dataId) && backend.tensorMap.get(variable.dataId).resource === home) return;
  throw new Error(
    `Recorded.replay: the variable ${name} must have the memory that was recorded, but has since been assigned; record the step again`,
  );
}
