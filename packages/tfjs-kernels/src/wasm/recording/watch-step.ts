import { getKernelsForBackend, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core';
import type { KernelConfig } from '@tensorflow/tfjs-core';
import { refuseRandomNumbers } from '../../recording-rules';
import type { SharedBackend } from '../shared-backend';
import type { Arena } from './arena';
import type { MemoryGuard } from './memory-guard';
import type { Tape } from './tape';

/** What the parts of a recording share while it is made. */
export interface Session {
  /** Stands for the recording where memory is held for it. */
  readonly owner: object;
  readonly backend: SharedBackend;
  readonly guard: MemoryGuard;
  /** Memory of what kernels make, and of what doesn't change from replay to replay. */
  readonly arena: Arena;
  readonly constants: Arena;
  readonly tape: Tape;
  /** Data that the step has made. */
  readonly made: Set<object>;
  /** Whether what runs at present belongs to the step, and is recorded. */
  isRecording: boolean;
}

/** Watches everything that a replay has to repeat, and refuses what it could not repeat. Returns a function that ends it. */
export function watchStep(session: Session): () => void {
  const ends = [watchKernels(session), watchBackend(session), refuseRandomNumbers(() => session.isRecording)];
  return () => {
    for (const end of ends) end();
  };
}

/** Lets all kernels of the backend pass through the tape. */
function watchKernels(session: Session): () => void {
  const stock = getKernelsForBackend('wasm');
  const replace = (configs: KernelConfig[]): void => {
    for (const config of configs) {
      unregisterKernel(config.kernelName, 'wasm');
      registerKernel(config);
    }
  };
  replace(
    stock.map(({ kernelName, kernelFunc, ...config }) => ({
      ...{ ...config, kernelName },
      kernelFunc: (args) => (session.isRecording ? session.tape.run({ name: kernelName, kernelFunc }, args) : kernelFunc(args)),
    })),
  );
  return () => replace(stock);
}

function watchBackend(session: Session): () => void {
  const { backend, guard, arena, constants, tape, made } = session;
  const { write, move, makeOutput, read, readSync } = backend;
  let isWriting = false;
  backend.write = (values, shape, dtype) => {
    if (!session.isRecording || dtype === 'string') return write.call(backend, values, shape, dtype);
    const isConstant = !tape.isInKernel();
    isWriting = true;
    if (isConstant) guard.allocateFrom(constants);
    try {
      const dataId = write.call(backend, values, shape, dtype);
      made.add(dataId);
      if (!isConstant) tape.made(dataId);
      return dataId;
    } finally {
      isWriting = false;
      guard.allocateFrom(arena);
    }
  };
  // Apart from `write`, only for tensors that come from another backend: they outlive the recording.
  backend.move = (...args) => {
    if (isWriting || !session.isRecording) return move.apply(backend, args);
    guard.allocateFrom(undefined);
    move.apply(backend, args);
    guard.allocateFrom(arena);
  };
  backend.makeOutput = (shape, dtype, memoryOffset, values) => {
    if (session.isRecording && memoryOffset != null)
      throw new Error(`record: step must not call operations whose results have a size of their own`);
    return makeOutput.call(backend, shape, dtype, memoryOffset, values);
  };
  const assertUnread = (): void => {
    if (session.isRecording && !tape.isInKernel())
      throw new Error('record: step must not read the values of tensors (data, dataSync, array, print): return them instead');
  };
  backend.read = (dataId) => (assertUnread(), read.call(backend, dataId));
  backend.readSync = (dataId, start, end) => (assertUnread(), readSync.call(backend, dataId, start, end));
  return () => Object.assign(backend, { write, move, makeOutput, read, readSync });
}
