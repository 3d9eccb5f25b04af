import { assertArgument } from '../assert-argument';
import { instantiateSpectrumModule, type SpectrumModule } from './spectrum-module';

type NumberArray = Float64Array | Float32Array | Int32Array;

/** A request for an array in a memory: its type and length. */
export interface Wanted<A extends NumberArray> {
  type: { new (buffer: ArrayBuffer, byteOffset: number, length: number): A; BYTES_PER_ELEMENT: number };
  length: number;
}

export const float64 = (length: number): Wanted<Float64Array> => ({ type: Float64Array, length });
export const float32 = (length: number): Wanted<Float32Array> => ({ type: Float32Array, length });
export const int32 = (length: number): Wanted<Int32Array> => ({ type: Int32Array, length });

/** Arrays by name. */
export type ArrayTable = Record<string, Wanted<NumberArray>>;
export type Arrays<T extends ArrayTable> = { [K in keyof T]: T[K] extends Wanted<infer A> ? A : never };

/** An instance of the module with its arrays. */
export interface SpectrumMemory<T extends ArrayTable, M extends SpectrumModule = SpectrumModule> {
  module: M;
  /** Initially zeros. They are views of the module's memory, passed to it by `byteOffset`. */
  arrays: Arrays<T>;
  memory: WebAssembly.Memory;
}

const PAGE_BYTES = 65_536;
const MOST_BYTES = 2 ** 32;
/** Arrays are aligned to whole vectors, and followed by room for the half vector that loops may access beyond the end. */
const ALIGNMENT = 16;

/** Same as `openMemory`, with an instance of the spectrum module. */
export function openSpectrumMemory<T extends ArrayTable>(table: T, where: string): SpectrumMemory<T> {
  const opened = openMemory(table, where);
  return { module: instantiateSpectrumModule(opened.memory), ...opened };
}

/**
 * Lays the arrays out in a new memory.
 * @throws RangeError if they do not fit into 4 GiB
 */
export function openMemory<T extends ArrayTable>(table: T, where: string): Omit<SpectrumMemory<T>, 'module'> {
  let end = ALIGNMENT;
  const places = Object.entries(table).map(([name, { type, length }]) => {
    const at = end;
    end += Math.ceil((length * type.BYTES_PER_ELEMENT) / ALIGNMENT + 1) * ALIGNMENT;
    return () => [name, new type(memory.buffer, at, length)] as const;
  });
  const needed = `${Math.ceil(end / 2 ** 30)} GiB; cut it`;
  assertArgument(end <= MOST_BYTES, where, 'the sound must fit into 4 GiB of work space', needed);
  const initial = Math.ceil(end / PAGE_BYTES);
  const memory = new WebAssembly.Memory({ initial, maximum: initial });
  const arrays = Object.fromEntries(places.map((place) => place()));
  return { arrays: arrays as Arrays<T>, memory };
}
