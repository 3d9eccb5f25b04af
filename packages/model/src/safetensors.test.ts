import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fromSafetensors, toSafetensors } from './index';

const TENSORS = {
  'encoderV.0.filter': { shape: [2, 3], data: Float32Array.of(1, -2, 3.5, 1e-8, -0, 6) },
  scalar: { shape: [], data: Float32Array.of(42) },
  empty: { shape: [0, 4], data: new Float32Array(0) },
};

/** A file with this header and that many bytes of data. */
function fileOf(header: unknown, dataBytes: number): Uint8Array {
  const json = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + json.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  return bytes;
}

describe('safetensors', () => {
  it('survive a round trip bit by bit', () => {
    const read = fromSafetensors(toSafetensors(TENSORS, { made: 'here', note: 'ü' }));
    expect(read.metadata).toEqual({ made: 'here', note: 'ü' });
    expect(Object.keys(read.tensors)).toEqual(Object.keys(TENSORS));
    for (const [name, { shape, data }] of Object.entries(TENSORS)) {
      expect(read.tensors[name].shape).toEqual(shape);
      expect([...new Uint8Array(read.tensors[name].data.buffer)]).toEqual([...new Uint8Array(data.buffer)]);
    }
  });

  it('are read from an ArrayBuffer too', () => {
    const { buffer } = toSafetensors(TENSORS);
    expect(fromSafetensors(buffer as ArrayBuffer)).toEqual(fromSafetensors(new Uint8Array(buffer)));
  });

  it('begin their data at a multiple of eight bytes', () => {
    const bytes = toSafetensors({ a: { shape: [1], data: Float32Array.of(1) } });
    expect(Number(new DataView(bytes.buffer).getBigUint64(0, true)) % 8).toBe(0);
  });

  it('are read as the reference library wrote them, whatever the order of the header', () => {
    const path = new URL('../test/fixtures/reference.safetensors', import.meta.url);
    const { tensors, metadata } = fromSafetensors(readFileSync(path));
    expect(metadata).toEqual({ writer: 'safetensors (Python)' });
    expect(tensors.weight.shape).toEqual([2, 3]);
    expect([...tensors.weight.data]).toEqual([0, 1, 2, 3, 4, 5]);
    expect([...tensors.bias.data]).toEqual([-1.5, 0.25, 1e6]);
  });

  it('are written to the byte as the reference library writes the same tensors', () => {
    const path = new URL('../test/fixtures/reference.safetensors', import.meta.url);
    const { tensors, metadata } = fromSafetensors(readFileSync(path));
    expect(Buffer.from(toSafetensors(tensors, metadata)).equals(readFileSync(path))).toBe(true);
  });

  it('store half-precision values in half the bytes', () => {
    const tensors = {
      odd: { shape: [3], data: Float32Array.of(1 / 3, -65_504, 1e-9) },
      next: { shape: [1], data: Float32Array.of(2) },
    };
    const bytes = toSafetensors(tensors, {}, { dtype: 'F16' });
    const { tensors: read } = fromSafetensors(bytes);
    expect(read.odd).toEqual({ shape: [3], data: Float32Array.of(0.333251953125, -65_504, 0) });
    expect(read.next.data).toEqual(Float32Array.of(2));
    expect(toSafetensors(read, {}, { dtype: 'F16' })).toEqual(bytes);
  });

  it('refuse to store values as half precision that it cannot hold', () => {
    const tensors = { gain: { shape: [2], data: Float32Array.of(1, -7e4) } };
    expect(() => toSafetensors(tensors, {}, { dtype: 'F16' })).toThrow(
      'toSafetensors: gain must be within ±65504 to be stored as F16, got -70000; store it as F32',
    );
  });

  const entry = (begin: number, end: number, more: object = {}) => ({
    dtype: 'F32',
    shape: [1],
    data_offsets: [begin, end],
    ...more,
  });
  it.each<[string, Uint8Array, string]>([
    ['nothing at all', new Uint8Array(3), 'it is truncated: it has 3 bytes'],
    ['a header longer than the file', fileOf({}, 0).fill(0xff, 0, 3), 'its header should end at byte'],
    ['a header that is no JSON', fileOf('{"a":', 0), 'its header is not a JSON object'],
    ['truncated data', fileOf({ a: entry(0, 4) }, 3), 'it is truncated: a ends at byte'],
    ['bytes left over', fileOf({ a: entry(0, 4) }, 6), '2 bytes follow its last tensor'],
    ['a hole', fileOf({ a: entry(0, 4), b: entry(8, 12) }, 12), 'b starts at byte 8 of the data instead of 4'],
    ['another type', fileOf({ a: entry(0, 4, { dtype: 'BF16' }) }, 4), 'a has the type BF16, where only F32 and F16 are read'],
    ['a shape that does not fit', fileOf({ a: entry(0, 4, { shape: [2] }) }, 4), 'a has 4 bytes for the shape [2]'],
    ['halves that do not fit', fileOf({ a: entry(0, 4, { dtype: 'F16' }) }, 4), 'a has 4 bytes for the shape [1]'],
    ['no offsets', fileOf({ a: { dtype: 'F32', shape: [1] } }, 4), 'a has no valid shape and offsets'],
  ])('refuse %s and name the file', (_, bytes, reason) => {
    expect(() => fromSafetensors(bytes, { name: 'x.safetensors' })).toThrow(
      `fromSafetensors: x.safetensors must be a whole safetensors file, but ${reason}`,
    );
  });

  it('refuse to write values that do not fill their shape', () => {
    expect(() => toSafetensors({ a: { shape: [3], data: new Float32Array(2) } })).toThrow(
      'toSafetensors: a must hold 3 values for its shape [3], got 2',
    );
  });
});
