import { util } from '@tensorflow/tfjs-core';
import type { KernelFunc, NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelContext } from '../context';
import { copyJob } from '../copy-job';
import { CopyJob, Operation } from '../generated/job-fields';
import { writeValues } from '../heap';
import type { SharedBackend } from '../shared-backend';
import type { Arena, Range } from './arena';
import { prepareCall } from './calls';
import type { KernelArguments, KernelCall, MadeTensor } from './calls';
import type { Entry, Group } from './list';

/** Numbers that an optimiser gives before each replay, and the places that they are written to. */
interface ChangingNumbers {
  next: () => NamedAttrMap;
  targets: ((attrs: NamedAttrMap) => void)[];
}

/** What the kernels of a step do, in order. */
export interface Tape {
  readonly groups: Group[];
  readonly calls: KernelCall[];
  readonly changing: ChangingNumbers[];
  /** The context with which kernels run while they are recorded. */
  readonly context: KernelContext;
  /** Runs a kernel and records what it does. */
  run(kernel: { name: string; kernelFunc: KernelFunc }, args: KernelArguments): TensorInfo | TensorInfo[];
  /** Notes a tensor that a kernel, or the step itself, has made. */
  made(dataId: object): void;
  isInKernel(): boolean;
  /** Copies memory, now and in each replay. */
  copy(source: number, destination: number, bytes: number): void;
  /** Runs kernels whose attributes `next` gives anew before each replay. */
  runChanging(next: () => NamedAttrMap, attrs: NamedAttrMap, run: (attrs: NamedAttrMap) => void): void;
}

/** What one kernel does. */
interface Draft extends Group {
  made: MadeTensor[];
  /** Whether JavaScript or a stock kernel writes memory, so that jobs alone would not repeat it. */
  isCall: boolean;
  temporary: number[];
}

const newDraft = (): Draft => ({ entries: [], reads: [], writes: [], made: [], isCall: false, temporary: [] });

export function createTape(eager: KernelContext, arena: Arena, constants: Arena): Tape {
  const { heap, pool } = eager;
  const { backend } = heap;
  const [groups, calls, changing]: [Group[], KernelCall[], ChangingNumbers[]] = [[], [], []];
  let draft: Draft | undefined;
  let current: ChangingNumbers | undefined;

  const keep = (values: Float32Array | Int32Array): number => {
    const address = constants.allocate(values.byteLength);
    writeValues(heap.memory, address, values);
    return address;
  };
  const context: KernelContext = {
    isRecorded: true,
    heap: {
      ...heap,
      workspace(bytes) {
        const address = arena.allocate(bytes);
        draft?.temporary.push(address);
        draft?.writes.push({ start: address, end: address + bytes });
        return address;
      },
      constants: keep,
      numbers(attrs, numbersOf) {
        const address = keep(Float32Array.from(numbersOf(attrs)));
        current?.targets.push((changed) =>
          writeValues(heap.memory, address, Float32Array.from(numbersOf(changed as unknown as typeof attrs))),
        );
        return address;
      },
      floats(address, count) {
        if (draft) draft.isCall = true;
        return heap.floats(address, count);
      },
    },
    pool: {
      ...pool,
      threads: pool.threads,
      run(operation, job, jobs, alone) {
        const entry = copyJobs(eager, operation, job, jobs);
        if (entry.tiles > 0) draft?.entries.push(entry);
        pool.run(operation, job, jobs, alone);
      },
    },
  };
  const finish = (kernel: { name: string; kernelFunc: KernelFunc }, args: KernelArguments, done: Draft): void => {
    const inputs = Object.values(args.inputs).filter((tensor) => tensor != null);
    const ranges = inputs.map((tensor) => rangeOf(backend, tensor.dataId));
    const isInPlace = done.made.length === 0 && done.entries.length > 0;
    done.reads.push(...ranges);
    if (isInPlace) done.writes.push(...ranges);
    for (const { address, shape, dtype } of done.made) {
      done.writes.push({ start: address, end: address + util.sizeFromShape(shape) * util.bytesPerElement(dtype) });
    }
    if (done.isCall || (done.entries.length === 0 && done.made.length > 0)) {
      const call = prepareCall(backend, kernel, args, done.made);
      current?.targets.push(call.setAttrs);
      calls.push(call);
      groups.push({ ...done, entries: [{ call: call.run }] });
    } else if (done.entries.length > 0) {
      groups.push(done);
    }
  };
  return {
    ...{ groups, calls, changing, context },
    isInKernel: () => draft !== undefined,
    made(dataId) {
      const { shape, dtype, memoryOffset: address } = backend.dataIdMap.get(dataId);
      draft?.made.push({ shape, dtype, address });
    },
    run(kernel, args) {
      if (draft) {
        draft.isCall = true; // another kernel calls this one
        return kernel.kernelFunc(args);
      }
      draft = newDraft();
      try {
        const result = kernel.kernelFunc(args);
        finish(kernel, args, draft);
        return result;
      } finally {
        for (const address of draft.temporary) arena.free(address);
        draft = undefined;
      }
    },
    copy(source, destination, bytes) {
      const address = heap.writeJobs(CopyJob, [copyJob({ source, destination, rows: 1, rowBytes: bytes })]);
      const entries: Entry[] = [copyJobs(eager, Operation.copy, address, 1)];
      pool.run(Operation.copy, address, 1, true);
      const [reads, writes] = [source, destination].map((start) => [{ start, end: start + bytes }]);
      if (bytes > 0) groups.push({ entries, reads, writes });
    },
    runChanging(next, attrs, run) {
      current = { next, targets: [] };
      changing.push(current);
      try {
        run(attrs);
      } finally {
        current = undefined;
      }
    },
  };
}

function copyJobs({ heap, pool }: KernelContext, operation: number, job: number, jobs: number) {
  const size = pool.exports.jobBytes(operation);
  const words = new Int32Array(heap.memory.buffer, job, (jobs * size) / 4).slice();
  let tiles = 0;
  for (let index = 0; index < jobs; index++) tiles += pool.exports.tilesOf(operation, job + index * size);
  return { operation, words, jobs, tiles };
}

function rangeOf({ dataIdMap }: SharedBackend, dataId: object): Range {
  const { memoryOffset: start, shape, dtype } = dataIdMap.get(dataId);
  return { start, end: start + util.sizeFromShape(shape) * util.bytesPerElement(dtype) };
}
