/// <reference types="@webgpu/types" />
import type { DeviceErrors } from './device-errors';
import { Late, lateEncoder, real } from './late';
import type { OpenBackend } from './open-backend';

/**
 * From now on, what the backend submits to its device is kept, and buffers that it destroys are kept alive. The function that is returned
 * ends that and submits everything in the same order, unless the backend is disposed of.
 *
 * @param submitted resolves once that function was called; a read waits for it
 */
export function keepCommands(backend: OpenBackend, errors: DeviceErrors, submitted: () => Promise<void>): () => void {
  const { device, bufferManager } = backend;
  const { queue } = device;
  const { acquireBuffer, releaseBuffer } = bufferManager;
  const calls: (() => void)[] = [];
  const endings = [
    override(device, {
      createCommandEncoder: () => lateEncoder(device),
      createBindGroup({ layout, entries }) {
        return new Late(() => device.createBindGroup({ layout: real(layout), entries })) as never;
      },
    }),
    override(queue, {
      writeBuffer(buffer, offset, data, from = 0, size) {
        const copy = (data as Uint8Array).slice(from, size === undefined ? undefined : from + size);
        calls.push(() => queue.writeBuffer(buffer, offset, copy));
      },
      submit: (buffers) => void calls.push(() => queue.submit([...buffers].map(real))),
      onSubmittedWorkDone: () => submitted().then(() => queue.onSubmittedWorkDone()),
    }),
    override(bufferManager, {
      acquireBuffer(...args) {
        const buffer = acquireBuffer.apply(bufferManager, args);
        if (buffer.usage & GPUBufferUsage.MAP_READ) mapLater(buffer, submitted);
        return buffer;
      },
      releaseBuffer(buffer, reuse = true) {
        if (reuse) releaseBuffer.call(bufferManager, buffer, true);
        else calls.push(() => bufferManager.releaseBuffer(buffer, false));
      },
    }),
  ];
  return () => {
    for (const end of endings) end();
    if (!backend.disposed) for (const call of calls) errors.collect(call);
  };
}

/** Replaces methods until the function that is returned is called. */
function override<T extends object>(target: T, methods: Partial<T>): () => void {
  const before = Object.keys(methods).map((name) => [name, Object.getOwnPropertyDescriptor(target, name)] as const);
  Object.assign(target, methods);
  return () => {
    for (const [name, own] of before) {
      if (own) Object.defineProperty(target, name, own);
      else delete target[name as keyof T];
    }
  };
}

function mapLater(buffer: GPUBuffer, submitted: () => Promise<void>): void {
  const end = override(buffer, {
    mapAsync: (...args) =>
      submitted().then(() => {
        end();
        return buffer.mapAsync(...args);
      }),
  });
}
