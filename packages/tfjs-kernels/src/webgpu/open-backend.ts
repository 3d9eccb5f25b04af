/// <reference types="@webgpu/types" />
import type { DataType, TensorInfo } from '@tensorflow/tfjs-core';

/** The stock backend's data of a tensor: its values on the GPU (`resource`), in JavaScript (`values`), or both. */
interface TensorData {
  resource?: GPUBuffer | null;
  values: unknown;
  dtype: DataType;
  shape: number[];
  /** How often a kernel has changed the values in place; counted by the dispatcher. */
  changes?: number;
}

/** To be called when a kernel changes a tensor in place: values that were read earlier, or are being read, are out of date. */
export function markChanged(data: TensorData): void {
  data.values = null;
  data.changes = (data.changes ?? 0) + 1;
}

/** TensorFlow.js' WebGPU backend with its private members, with which dispatches are recorded beside the stock ones, in the same pass. */
export interface OpenBackend {
  readonly device: GPUDevice;
  readonly bufferManager: {
    readonly numBytesAllocated: number;
    acquireBuffer(size: number, usage: number, mappedAtCreation?: boolean, reuse?: boolean): GPUBuffer;
    releaseBuffer(buffer: GPUBuffer, reuse?: boolean): void;
  };
  readonly tensorMap: { get(dataId: object): TensorData; has(dataId: object): boolean };
  /** Tensors that recorded commands use; they are freed after the next submission. */
  readonly commandQueueOwnedIds: WeakSet<object>;
  readonly uniformPendingDisposal: GPUBuffer[];
  commandEncoder: GPUCommandEncoder | null;
  computePassEncoder: GPUComputePassEncoder | null;
  dispatchCountInPass: number;
  readonly disposed: boolean;
  /** By the keys of programs. */
  readonly pipelineCache: Record<string, GPUComputePipeline>;
  /** `pixelsOpType` is set where the program reads or draws pictures. */
  runWebGPUProgram(program: { pixelsOpType?: unknown }, ...rest: unknown[]): TensorInfo;
  ensureCommandEncoderReady(): void;
  endComputePassEncoder(): void;
  submitQueue(): void;
  uploadToGPU(dataId: object): void;
  makeTensorInfo(shape: number[], dtype: DataType): TensorInfo;
  disposeData(dataId: object): boolean;
  incRef(dataId: object): void;
  refCount(dataId: object): number;
  write(values: unknown, shape: number[], dtype: DataType): object;
  read(dataId: object): Promise<unknown>;
  readSync(dataId: object): unknown;
  convertAndCacheOnCPU(dataId: object, values: unknown): unknown;
}
