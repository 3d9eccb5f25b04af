import { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { engine, Tensor, util } from '@tensorflow/tfjs-core';
import type { DataType, TypedArray } from '@tensorflow/tfjs-core';
import { assertFits } from '../../recording-rules';
import type { SharedBackend } from '../shared-backend';
import type { MemoryGuard } from './memory-guard';

/** Where a recording expects the values of a tensor or variable. */
export interface Place {
  readonly holder: Tensor;
  readonly address: number;
  readonly bytes: number;
  /** The data that lay there last. */
  dataId: object;
}

/** The place of a tensor's values; undefined if they are not on this backend. */
export function placeOf(backend: SharedBackend, holder: Tensor): Place | undefined {
  const { dataId, size, dtype } = holder;
  if (holder.isDisposed || dtype === 'string' || !backend.dataIdMap.has(dataId)) return undefined;
  const { memoryOffset } = backend.dataIdMap.get(dataId);
  return { holder, address: memoryOffset, bytes: size * util.bytesPerElement(dtype), dataId };
}

/**
 * Makes the values of tensors lie alone in their places. Values that were assigned to them since are copied there; clones of what lay there
 * get a copy elsewhere.
 */
export function settle(backend: SharedBackend, guard: MemoryGuard, places: readonly Place[]): void {
  const held = places.filter(({ holder }) => !holder.isDisposed);
  const homeless = held.filter(({ holder, address }) => addressOf(backend, holder) !== address);
  // All leave the others' places before any place is overwritten: variables may have been assigned each other's memory.
  const homes = new Set(homeless.map(({ address }) => address));
  for (const { holder } of homeless) if (homes.has(addressOf(backend, holder))) moveAway(backend, holder.dataId);
  for (const place of held) settleOne(backend, guard, place);
}

function settleOne(backend: SharedBackend, guard: MemoryGuard, place: Place): void {
  const { holder, address, bytes, dataId } = place;
  const isShared = dataId !== holder.dataId || backend.refCount(dataId) > 1;
  if (isShared && backend.dataIdMap.has(dataId) && addressOf(backend, place) === address) moveAway(backend, dataId);
  const present = addressOf(backend, holder);
  if (present !== address) {
    bytesOf(backend).copyWithin(address, present, present + bytes);
    guard.takeBack(address);
    giveData(backend, holder, address);
  }
  place.dataId = holder.dataId;
}

/** Where a tensor's values lie at present. */
export const addressOf = (backend: SharedBackend, { dataId }: { dataId: object }): number =>
  backend.dataIdMap.get(dataId).memoryOffset;

/** Lets a tensor or variable use the values at an address from now on. */
export function giveData(backend: SharedBackend, holder: Tensor, address: number): void {
  const { shape, dtype } = holder;
  const tensor = engine().makeTensorFromTensorInfo({ dataId: registerData(backend, { shape, dtype, address }), shape, dtype });
  engine().disposeTensor(holder); // from here on as in Variable.assign
  (holder as { dataId: object }).dataId = tensor.dataId;
  engine().incRef(holder, backend);
  tensor.dispose();
}

/** Values in memory as data of the backend. */
export function registerData(
  backend: SharedBackend,
  { shape, dtype, address }: { shape: number[]; dtype: DataType; address: number },
): object {
  // The prototype's, since that of a backend whose step is recorded refuses memory that was allocated elsewhere.
  return BackendWasm.prototype.makeOutput.call(backend, shape, dtype, address).dataId;
}

/** Moves the values of a tensor, and of all that share them, to memory of their own. */
export function moveAway(backend: SharedBackend, dataId: object): void {
  const data = backend.dataIdMap.get(dataId);
  const size = util.sizeFromShape(data.shape);
  const bytes = size * util.bytesPerElement(data.dtype);
  const address = backend.wasm._malloc(bytes) >>> 0;
  bytesOf(backend).copyWithin(address, data.memoryOffset, data.memoryOffset + bytes);
  backend.wasm.tfjs.disposeData(data.id);
  backend.wasm.tfjs.registerTensor(data.id, size, address);
  data.memoryOffset = address;
}

/** All of the backend's memory. */
export const bytesOf = ({ wasm }: SharedBackend): Uint8Array => new Uint8Array(wasm.asm.memory.buffer);

/** The values of a float32 tensor, in its place. */
export const floatsOf = ({ wasm }: SharedBackend, { address, holder }: Pick<Place, 'address' | 'holder'>): Float32Array =>
  new Float32Array(wasm.asm.memory.buffer, address, holder.size);

/** Writes values of a tensor's type and size to its place. Those of a tensor on another backend move here first. */
export function writePlace(backend: SharedBackend, { holder, address, bytes }: Place, values: TypedArray | Tensor): void {
  assertFits(holder, values);
  if (values instanceof Tensor) {
    if (!backend.dataIdMap.has(values.dataId)) engine().moveData(backend, values.dataId);
    const from = addressOf(backend, values);
    bytesOf(backend).copyWithin(address, from, from + bytes);
  } else bytesOf(backend).set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), address);
}
