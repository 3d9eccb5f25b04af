import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { SharedBackend } from './shared-backend';

type FieldType = 'i32' | 'usize' | 'f32';
export type Layout = Readonly<Record<string, FieldType>>;

/** A job's fields, derived by scripts/build-wasm.mjs. */
export type JobOf<L extends Layout> = Record<keyof L, number>;

/** Bytes of the block in which jobs are written. */
const JOB_BYTES = 1 << 16;

/** The backend's memory as the kernels use it. */
export interface Heap {
  readonly backend: SharedBackend;
  readonly memory: WebAssembly.Memory;
  /** Address of a tensor's values; moves them here if they are on another backend. */
  address(tensor: TensorInfo): number;
  /** A new float32 tensor with uninitialised values. */
  output(shape: number[]): TensorInfo;
  allocate(bytes: number): number;
  free(address: number): void;
  /** At least `bytes` of scratch memory until the end of the kernel; there is one block, which the next call reuses. */
  workspace(bytes: number): number;
  /** Writes values that a kernel's jobs read, until the end of the kernel; there is one block, which the next call reuses. */
  constants(values: Float32Array | Int32Array): number;
  /** The same for numbers that follow from a kernel's attributes and may differ each time a recording is replayed. */
  numbers<A>(attrs: A, numbersOf: (attrs: A) => readonly number[]): number;
  /** Writes jobs of one kind one after another, from the address `jobs` on. */
  writeJobs<L extends Layout>(layout: L, jobs: JobOf<L>[]): number;
  /** Values that JavaScript reads or writes; a kernel that does so is called again in a replay. */
  floats(address: number, count: number): Float32Array;
}

const knownFields = new Map<Layout, [string, FieldType][]>();

/** A layout's fields in order, cached since there are few layouts and many jobs. */
function fieldsOf(layout: Layout): [string, FieldType][] {
  let fields = knownFields.get(layout);
  if (!fields) knownFields.set(layout, (fields = Object.entries(layout)));
  return fields;
}

/** A block that grows to the largest size that was requested. */
function growingBlock(allocate: Heap['allocate'], free: Heap['free']): (bytes: number) => number {
  let block = { address: 0, bytes: 0 };
  return (bytes) => {
    if (bytes <= block.bytes) return block.address;
    if (block.bytes > 0) free(block.address);
    block = { address: 0, bytes: 0 };
    block = { address: allocate(bytes), bytes };
    return block.address;
  };
}

export function writeValues(memory: WebAssembly.Memory, address: number, values: Float32Array | Int32Array): void {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  new Uint8Array(memory.buffer, address, values.byteLength).set(bytes);
}

export function createHeap(backend: SharedBackend): Heap {
  const { wasm } = backend; // a disposed backend has none, but its leftovers may still be freed
  const { memory } = wasm.asm;
  const allocate = (bytes: number): number => wasm._malloc(bytes) >>> 0;
  const free = (address: number): void => wasm._free(address);
  const jobs = allocate(JOB_BYTES);
  const workspace = growingBlock(allocate, free);
  const constants = growingBlock(allocate, free);

  return {
    backend,
    memory,
    allocate,
    free,
    address: (tensor) => backend.dataIdMap.get(tensor.dataId).memoryOffset,
    output: (shape) => backend.makeOutput(shape, 'float32'),
    workspace,
    constants(values) {
      const address = constants(values.byteLength);
      writeValues(memory, address, values);
      return address;
    },
    numbers: (attrs, numbersOf) => {
      const values = Float32Array.from(numbersOf(attrs));
      const address = constants(values.byteLength);
      writeValues(memory, address, values);
      return address;
    },
    writeJobs(layout, list) {
      const fields = fieldsOf(layout);
      const count = list.length * fields.length;
      if (count * 4 > JOB_BYTES) throw new Error(`writeJobs: jobs must fit ${JOB_BYTES} bytes, got ${count * 4}`);
      const integers = new Int32Array(memory.buffer, jobs, count);
      const floats = new Float32Array(memory.buffer, jobs, count);
      let word = 0;
      for (const job of list) {
        for (const [name, type] of fields) {
          if (type === 'f32') floats[word++] = job[name];
          else integers[word++] = job[name];
        }
      }
      return jobs;
    },
    floats: (address, count) => new Float32Array(memory.buffer, address, count),
  };
}
