/** Wire types of fields (Protocol Buffers, "Encoding"). */
const WIRE = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

/** A varint: seven bits per byte, the lowest first. `value`: a whole number from 0 to 2⁵³ - 1. */
function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return [...bytes, rest];
}

const key = (field: number, wire: number) => varint(field * 8 + wire);

function fixed(size: 4 | 8, value: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(size));
  if (size === 4) view.setFloat32(0, value, true);
  else view.setFloat64(0, value, true);
  return new Uint8Array(view.buffer);
}

/** A field of type int32, int64 or enum; `value` is a whole number of at least 0. */
export const intField = (field: number, value: number): Uint8Array =>
  Uint8Array.from([...key(field, WIRE.varint), ...varint(value)]);

/** A field of type float. */
export const floatField = (field: number, value: number): Uint8Array =>
  Uint8Array.from([...key(field, WIRE.fixed32), ...fixed(4, value)]);

/** A field of type double. */
export const doubleField = (field: number, value: number): Uint8Array =>
  Uint8Array.from([...key(field, WIRE.fixed64), ...fixed(8, value)]);

/** A field of type bytes or string, or an embedded message. */
export function bytesField(field: number, value: Uint8Array | string): Uint8Array {
  const content = typeof value === 'string' ? Buffer.from(value) : value;
  return Buffer.concat([Uint8Array.from([...key(field, WIRE.bytes), ...varint(content.length)]), content]);
}

/** A message: its fields concatenated. */
export const message = (...fields: readonly Uint8Array[]): Buffer => Buffer.concat(fields);
