import { elementOf, type MpiArray, type MpiElement } from './abi';

/** The type of an array's elements. Throws unless it is one that collectives work on. */
export function checkedArray(method: string, values: MpiArray): MpiElement {
  const element = elementOf(values);
  if (element !== undefined) return element;
  const kind = Object.prototype.toString.call(values).slice(8, -1);
  throw new TypeError(`${method}: values must be a Float32Array, Float64Array, Int32Array or Uint8Array, got ${kind}`);
}

/** Throws unless `root` is a rank. */
export function checkedRoot(method: string, root: number, size: number): void {
  if (Number.isInteger(root) && root >= 0 && root < size) return;
  throw new RangeError(`${method}: root must be a rank from 0 to ${size - 1}, got ${root}`);
}
