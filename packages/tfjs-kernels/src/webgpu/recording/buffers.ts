/// <reference types="@webgpu/types" />
import type { OpenBackend } from '../open-backend';

type BufferManager = OpenBackend['bufferManager'];

/** Keeps buffers out of the backend's pool while recordings use them, whatever becomes of their tensors. */
interface Reservations {
  reserve(buffer: GPUBuffer): void;
  /** Ends one reservation. With the last one, a buffer whose tensor is gone returns to the pool, or is destroyed unless `reuse`. */
  release(buffer: GPUBuffer, reuse: boolean): void;
  /** Gives a buffer whose tensor is gone to another tensor. */
  adopt(buffer: GPUBuffer): void;
}

const reservations = new WeakMap<BufferManager, Reservations>();

function reservationsOf(manager: BufferManager): Reservations {
  const known = reservations.get(manager);
  if (known) return known;
  const counts = new Map<GPUBuffer, number>();
  const orphans = new Set<GPUBuffer>();
  const { releaseBuffer } = manager;
  manager.releaseBuffer = (buffer, reuse) => {
    if (counts.has(buffer)) orphans.add(buffer);
    else releaseBuffer.call(manager, buffer, reuse);
  };
  const made: Reservations = {
    reserve: (buffer) => void counts.set(buffer, (counts.get(buffer) ?? 0) + 1),
    release(buffer, reuse) {
      const left = (counts.get(buffer) ?? 0) - 1;
      if (left > 0) return void counts.set(buffer, left);
      counts.delete(buffer);
      if (orphans.delete(buffer)) releaseBuffer.call(manager, buffer, reuse);
    },
    adopt: (buffer) => void orphans.delete(buffer),
  };
  reservations.set(manager, made);
  return made;
}

/** The buffers of a recording. */
export interface RecordingBuffers {
  /** Keeps a buffer for the recording. */
  reserve(buffer: GPUBuffer): void;
  /** To be called when a buffer whose tensor is gone becomes that of another one. */
  adopt(buffer: GPUBuffer): void;
  /** Whether it was acquired by the step, to be written by its kernels. */
  isReusable(buffer: GPUBuffer): boolean;
  /** From now on, `acquireBuffer` and `releaseBuffer` serve the recording; the function that is returned ends that. */
  intercept(onUniforms: (buffer: GPUBuffer) => void): () => void;
  /** Gives a buffer back, or all of them. */
  release(buffer?: GPUBuffer): void;
}

/**
 * While a step is recorded, its tensors use each other's memory again as they would without a recording, except that uniforms and values
 * that come from JavaScript are written only once, so that their buffers are never used for anything else.
 */
export function createRecordingBuffers(manager: BufferManager): RecordingBuffers {
  const shared = reservationsOf(manager);
  const all = new Set<GPUBuffer>();
  const reusable = new Set<GPUBuffer>();
  /** A pool cannot supply those, since they are written through a mapping; so none of them goes there. */
  const constants = new Set<GPUBuffer>();
  const free = new Map<string, GPUBuffer[]>();
  const keyOf = (size: number, usage: number): string => `${size} ${usage}`;

  const reserve = (buffer: GPUBuffer): void => {
    if (all.has(buffer)) return;
    all.add(buffer);
    shared.reserve(buffer);
  };

  return {
    reserve,
    adopt: shared.adopt,
    isReusable: (buffer) => reusable.has(buffer),
    intercept(onUniforms) {
      const { acquireBuffer, releaseBuffer } = manager;
      manager.acquireBuffer = (size, usage, mapped = false, reuse = true) => {
        const isReusable = reuse && !mapped && (usage & GPUBufferUsage.UNIFORM) === 0;
        const old = isReusable ? free.get(keyOf(size, usage))?.pop() : undefined;
        if (old) {
          shared.adopt(old);
          return old;
        }
        const buffer = acquireBuffer.call(manager, size, usage, mapped, reuse && !mapped);
        reserve(buffer);
        if (isReusable) reusable.add(buffer);
        if (mapped) constants.add(buffer);
        if (usage & GPUBufferUsage.UNIFORM) onUniforms(buffer);
        return buffer;
      };
      manager.releaseBuffer = (buffer, reuse) => {
        releaseBuffer.call(manager, buffer, reuse);
        if (!reusable.has(buffer)) return;
        const key = keyOf(buffer.size, buffer.usage);
        free.set(key, [...(free.get(key) ?? []), buffer]);
      };
      return () => Object.assign(manager, { acquireBuffer, releaseBuffer });
    },
    release(one) {
      for (const buffer of one ? [one] : [...all]) if (all.delete(buffer)) shared.release(buffer, !constants.has(buffer));
    },
  };
}
