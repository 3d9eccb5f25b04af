import { fromFloat16, toFloat16 } from './float16';

/** A float32 array with its shape, row-major. */
export interface TensorData {
  shape: readonly number[];
  data: Float32Array;
}

/** The content of a safetensors file. */
export interface SafetensorsContent {
  tensors: Record<string, TensorData>;
  /** Free text by key. */
  metadata: Record<string, string>;
}

interface HeaderEntry {
  dtype: StoredType;
  shape: number[];
  data_offsets: [number, number];
}

/** How a file stores values: float32 (4 bytes each), or half precision, rounded to 11 significant bits (2 bytes each). */
export type StoredType = 'F32' | 'F16';

const LENGTH_BYTES = 8;
const VALUE_BYTES: Record<StoredType, number> = { F32: 4, F16: 2 };

/**
 * The header of a safetensors file for tensors of these shapes, to be followed by their values, little endian, in the same order.
 * Padded with spaces to a multiple of eight bytes.
 */
export function safetensorsHeader(
  shapes: Record<string, readonly number[]>,
  metadata: Record<string, string> = {},
  dtype: StoredType = 'F32',
): Uint8Array {
  let offset = 0;
  const entries = Object.entries(shapes).map(([name, shape]) => {
    const begin = offset;
    offset += VALUE_BYTES[dtype] * sizeOf(shape);
    return [name, { dtype, shape, data_offsets: [begin, offset] }] as const;
  });
  const noted = Object.keys(metadata).length > 0 ? { __metadata__: metadata } : {};
  const json = new TextEncoder().encode(JSON.stringify({ ...noted, ...Object.fromEntries(entries) }));
  const length = Math.ceil(json.length / LENGTH_BYTES) * LENGTH_BYTES;
  const header = new Uint8Array(LENGTH_BYTES + length).fill(0x20);
  new DataView(header.buffer).setBigUint64(0, BigInt(length), true);
  header.set(json, LENGTH_BYTES);
  return header;
}

/**
 * Encodes tensors as a safetensors file that the reference library can read.
 *
 * @param metadata free text by key
 * @param options `dtype`: how values are stored; 'F16' halves the file and rounds values to half precision
 * @throws if a tensor's values do not fill its shape, or do not fit into half precision (±65,504)
 */
export function toSafetensors(
  tensors: Record<string, TensorData>,
  metadata: Record<string, string> = {},
  { dtype = 'F32' }: { dtype?: StoredType } = {},
): Uint8Array {
  const entries = Object.entries(tensors);
  for (const [name, { shape, data }] of entries) {
    if (data.length !== sizeOf(shape)) {
      throw new Error(
        `toSafetensors: ${name} must hold ${sizeOf(shape)} values for its shape [${shape.join(', ')}], got ${data.length}`,
      );
    }
  }
  const header = safetensorsHeader(Object.fromEntries(entries.map(([name, { shape }]) => [name, shape])), metadata, dtype);
  const stored = entries.map(([name, { data }]) => storedValues(name, data, dtype));
  const bytes = new Uint8Array(header.length + stored.reduce((sum, { byteLength }) => sum + byteLength, 0));
  bytes.set(header);
  let offset = header.length;
  for (const { buffer, byteOffset, byteLength } of stored) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), offset);
    offset += byteLength;
  }
  return bytes;
}

function storedValues(name: string, data: Float32Array, dtype: StoredType): Float32Array | Uint16Array {
  if (dtype === 'F32') return data;
  const tooLarge = data.find((value) => Number.isFinite(value) && Math.abs(value) >= 65_520);
  if (tooLarge === undefined) return toFloat16(data);
  throw new Error(`toSafetensors: ${name} must be within ±65504 to be stored as F16, got ${tooLarge}; store it as F32`);
}

/**
 * Decodes a safetensors file of float32 or half-precision tensors. The arrays are float32 copies, in the order of the file's values.
 *
 * @param file its bytes, as returned by `readFile` or a response's `arrayBuffer()`
 * @param name name of the file, for error messages
 * @throws if the bytes are not a complete, well-formed file
 */
export function fromSafetensors(
  file: Uint8Array | ArrayBuffer,
  { name = 'the file' }: { name?: string } = {},
): SafetensorsContent {
  const bytes = ArrayBuffer.isView(file) ? file : new Uint8Array(file);
  const { header, dataStart } = readHeader(bytes, name);
  const { __metadata__: metadata = {}, ...rest } = header as Record<string, HeaderEntry> & {
    __metadata__?: Record<string, string>;
  };
  const entries = Object.entries(rest).map(([key, entry]) => [key, checkedEntry(key, entry, name)] as const);
  entries.sort(([, a], [, b]) => a.data_offsets[0] - b.data_offsets[0]);
  let end = 0;
  const tensors = entries.map(([key, { dtype, shape, data_offsets: offsets }]) => {
    if (offsets[0] !== end) fail(name, `${key} starts at byte ${offsets[0]} of the data instead of ${end}`);
    end = offsets[1];
    if (dataStart + end > bytes.length) fail(name, `it is truncated: ${key} ends at byte ${dataStart + end} of ${bytes.length}`);
    const { buffer } = new Uint8Array(bytes.subarray(dataStart + offsets[0], dataStart + end));
    return [key, { shape, data: dtype === 'F16' ? fromFloat16(new Uint16Array(buffer)) : new Float32Array(buffer) }] as const;
  });
  if (dataStart + end !== bytes.length) fail(name, `${bytes.length - dataStart - end} bytes follow its last tensor`);
  return { tensors: Object.fromEntries(tensors), metadata };
}

function readHeader(bytes: Uint8Array, name: string): { header: object; dataStart: number } {
  if (bytes.length < LENGTH_BYTES) fail(name, `it is truncated: it has ${bytes.length} bytes`);
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  const dataStart = LENGTH_BYTES + length;
  if (dataStart > bytes.length) fail(name, `its header should end at byte ${dataStart} of ${bytes.length}`);
  try {
    const header: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(LENGTH_BYTES, dataStart)));
    if (typeof header === 'object' && header !== null && !Array.isArray(header)) return { header, dataStart };
  } catch {
    // Reported below, with the file's name.
  }
  return fail(name, 'its header is not a JSON object');
}

function checkedEntry(key: string, entry: HeaderEntry, name: string): HeaderEntry {
  const { dtype, shape, data_offsets: offsets } = entry ?? {};
  if (!Object.hasOwn(VALUE_BYTES, dtype)) fail(name, `${key} has the type ${dtype}, where only F32 and F16 are read`);
  const whole = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
  if (!Array.isArray(shape) || !shape.every(whole) || !Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(whole)) {
    fail(name, `${key} has no valid shape and offsets`);
  }
  if (offsets[1] - offsets[0] !== VALUE_BYTES[dtype] * sizeOf(shape)) {
    fail(name, `${key} has ${offsets[1] - offsets[0]} bytes for the shape [${shape.join(', ')}]`);
  }
  return entry;
}

function fail(name: string, reason: string): never {
  throw new Error(`fromSafetensors: ${name} must be a whole safetensors file, but ${reason}`);
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
