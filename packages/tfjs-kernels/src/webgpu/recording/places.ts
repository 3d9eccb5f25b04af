/// <reference types="@webgpu/types" />
import { engine } from '@tensorflow/tfjs-core';
import type { Tensor, TypedArray } from '@tensorflow/tfjs-core';
import { markChanged } from '../open-backend';
import type { OpenBackend } from '../open-backend';
import type { RecordingBuffers } from './buffers';

/** The buffer in which a recording expects the values of a tensor or variable. */
export interface Place {
  readonly holder: Tensor;
  readonly home: GPUBuffer;
  /** The data that had the buffer last. */
  dataId: object;
}

/** Whether a tensor's values can be on the GPU at all. */
const isPlaceable = ({ dtype, size, isDisposed }: Tensor): boolean => dtype !== 'string' && size > 0 && !isDisposed;

/** The buffer that holds a tensor's values, uploaded first if necessary. */
export function uploaded(backend: OpenBackend, { dataId }: { dataId: object }): GPUBuffer {
  const { resource } = backend.tensorMap.get(dataId);
  if (resource) return resource;
  backend.uploadToGPU(dataId);
  return backend.tensorMap.get(dataId).resource as GPUBuffer;
}

/** Places of tensors where they are, reserved for the recording; one that shares another one's buffer gets a copy. */
export function placesOf(backend: OpenBackend, buffers: RecordingBuffers, holders: readonly Tensor[]): Place[] {
  const homes = new Set<GPUBuffer>();
  return [...new Set(holders)].filter(isPlaceable).map((holder) => {
    if (homes.has(uploaded(backend, holder))) giveBuffer(backend, holder, copied(backend, uploaded(backend, holder)));
    const home = uploaded(backend, holder);
    homes.add(home);
    buffers.reserve(home);
    return { holder, home, dataId: holder.dataId };
  });
}

/** Submits what the backend has encoded so far, which also frees the tensors that were disposed of meanwhile. */
export function flush(backend: OpenBackend): void {
  backend.endComputePassEncoder();
  if (backend.commandEncoder) backend.submitQueue();
}

function copyBuffer(backend: OpenBackend, source: GPUBuffer, target: GPUBuffer): void {
  backend.ensureCommandEncoderReady();
  backend.endComputePassEncoder();
  backend.commandEncoder!.copyBufferToBuffer(source, 0, target, 0, source.size);
}

/** A tensor's values if JavaScript has them, as it does when they come from another backend. */
export function knownValues(backend: OpenBackend, { dataId }: Tensor): TypedArray | undefined {
  if (!backend.tensorMap.has(dataId)) engine().moveData(backend as never, dataId);
  return (backend.tensorMap.get(dataId).values as TypedArray | null) ?? undefined;
}

/** Copies a tensor's values from its buffer to a place of the same size and type. */
export function copyTensor(backend: OpenBackend, from: Tensor, { home }: Place): void {
  const source = uploaded(backend, from);
  if (source !== home) copyBuffer(backend, source, home);
  flush(backend);
}

/** A new buffer like another one, with its values. */
function copied(backend: OpenBackend, source: GPUBuffer): GPUBuffer {
  const copy = backend.bufferManager.acquireBuffer(source.size, source.usage);
  copyBuffer(backend, source, copy);
  return copy;
}

/** Lets a tensor or variable have a buffer from now on. */
function giveBuffer(backend: OpenBackend, holder: Tensor, buffer: GPUBuffer): void {
  const info = backend.makeTensorInfo(holder.shape, holder.dtype);
  backend.tensorMap.get(info.dataId).resource = buffer;
  const tensor = engine().makeTensorFromTensorInfo(info);
  engine().disposeTensor(holder); // from here on as in Variable.assign
  (holder as { dataId: object }).dataId = tensor.dataId;
  engine().incRef(holder, backend as never);
  tensor.dispose();
}

/**
 * Makes the values of tensors be alone in their places. Values that were assigned to them since are copied there; clones of what was there
 * get a copy elsewhere. Submits those copies; or, while a step is recorded, records them.
 */
export function settle(backend: OpenBackend, buffers: RecordingBuffers, places: readonly Place[]): void {
  flush(backend);
  const { tensorMap } = backend;
  const homeless = places.filter(({ holder, home }) => !holder.isDisposed && uploaded(backend, holder) !== home);
  // All are copied before any home is overwritten: variables may have been assigned each other's memory.
  const homes = new Set(homeless.map(({ home }) => home));
  const sources = homeless
    .map(({ holder }) => uploaded(backend, holder))
    .map((own) => (homes.has(own) ? copied(backend, own) : own));
  for (const { holder, home, dataId } of places) {
    if (holder.isDisposed || !tensorMap.has(dataId)) continue;
    const data = tensorMap.get(dataId);
    const isShared = holder.dataId !== dataId || backend.refCount(dataId) > 1;
    if (isShared && data.resource === home) data.resource = copied(backend, home);
  }
  homeless.forEach(({ home }, i) => copyBuffer(backend, sources[i], home));
  flush(backend);
  for (const place of places) {
    const { holder, home } = place;
    if (!holder.isDisposed && tensorMap.get(holder.dataId).resource !== home) giveBuffer(backend, holder, home);
    if (!holder.isDisposed) buffers.adopt(home);
    place.dataId = holder.dataId;
  }
}

/** Gives every output that the step has made a buffer that nothing else of the recording uses. To be called while commands are recorded. */
export function placeOutputs(backend: OpenBackend, buffers: RecordingBuffers, outputs: readonly Tensor[]): Place[] {
  for (const output of new Set(outputs.filter(isPlaceable))) {
    const buffer = uploaded(backend, output);
    if (backend.refCount(output.dataId) === 1 && buffers.isReusable(buffer)) continue;
    giveBuffer(backend, output, copied(backend, buffer));
  }
  return placesOf(backend, buffers, outputs);
}

/** Notes that values that were read earlier are out of date. */
export function noteChange({ tensorMap }: OpenBackend, { holder: { dataId } }: Place): void {
  if (tensorMap.has(dataId) && tensorMap.get(dataId).resource) markChanged(tensorMap.get(dataId));
}
