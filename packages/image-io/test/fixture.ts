import { readFileSync } from 'node:fs';

/** A file of test/fixtures. */
export const fixture = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(`fixtures/${name}`, import.meta.url)));

/** A JPEG's scan data, from its first byte to its end marker: base.jpg has one scan. */
export function scanOf(jpeg: Uint8Array): { start: number; end: number } {
  const header = jpeg.findIndex((byte, i) => byte === 0xff && jpeg[i + 1] === 0xda);
  return { start: header + 2 + jpeg[header + 3]!, end: jpeg.length - 2 };
}

/** The bytes with others inserted at an offset. */
export function inserted(bytes: Uint8Array, at: number, others: ArrayLike<number>): Uint8Array {
  const result = new Uint8Array(bytes.length + others.length);
  result.set(bytes.subarray(0, at));
  result.set(others, at);
  result.set(bytes.subarray(at), at + others.length);
  return result;
}
