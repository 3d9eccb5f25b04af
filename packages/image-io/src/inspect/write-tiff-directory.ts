import { tiffDirectory } from './tiff-tags';

const SHORT = 3;
const LONG = 4;
const BYTES = { [SHORT]: 2, [LONG]: 4 } as const;
const ENTRY_BYTES = 12;
/** Offsets and counts of strips and tiles: integers that may exceed 16 bits. */
const LONG_TAGS: readonly number[] = [273, 279, 324, 325];

/** A tag with its values; undefined leaves it out. */
export type TiffEntry = readonly [tag: number, values: readonly number[] | undefined];

/** Whether its offsets have 64 bits. */
export const isBigTiff = (bytes: Uint8Array) => bytes[2] === 43 || bytes[3] === 43;

/** Where data appended to a TIFF begins. */
export const behindTiff = (bytes: Uint8Array) => bytes.length + (bytes.length % 2);

/** The bytes of a TIFF followed by a new directory with only these tags. */
export function withDirectory(bytes: Uint8Array, entries: readonly TiffEntry[]): Uint8Array {
  return append(bytes, new Uint8Array(), entries, new Map());
}

/** The bytes of a TIFF followed by `data` and a copy of its first directory with some tags replaced. */
export function withTags(bytes: Uint8Array, entries: readonly TiffEntry[], data = new Uint8Array()): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = bytes[0] === 0x49;
  const directory = view.getUint32(4, little);
  const kept = new Map<number, Uint8Array>();
  for (let i = 0; i < view.getUint16(directory, little); i++) {
    const at = directory + 2 + i * ENTRY_BYTES;
    if (at + ENTRY_BYTES > bytes.length) throw new RangeError('withTags: the directory must end before the file');
    kept.set(view.getUint16(at, little), bytes.subarray(at, at + ENTRY_BYTES));
  }
  for (const [tag] of entries) kept.delete(tag);
  return append(bytes, data, entries, kept);
}

function append(
  bytes: Uint8Array,
  data: Uint8Array,
  entries: readonly TiffEntry[],
  kept: ReadonlyMap<number, Uint8Array>,
): Uint8Array {
  const { little } = tiffDirectory(bytes);
  const set = entries.flatMap(([tag, values]) => (values ? [[tag, values] as const] : []));
  const sorted = [...set, ...kept].sort(([a], [b]) => a - b);
  const start = behindTiff(bytes) + data.length + (data.length % 2);
  let free = start + 2 + sorted.length * ENTRY_BYTES + 4;
  const result = new Uint8Array(set.reduce((sum, [, values]) => sum + values.length * 4, free));
  result.set(bytes);
  result.set(data, behindTiff(bytes));
  const view = new DataView(result.buffer);
  view.setUint32(4, start, little);
  view.setUint16(start, sorted.length, little);
  sorted.forEach(([tag, values], i) => {
    const at = start + 2 + i * ENTRY_BYTES;
    if (values instanceof Uint8Array) return result.set(values, at);
    const type = LONG_TAGS.includes(tag) || values[0]! > 0xffff ? LONG : SHORT;
    view.setUint16(at, tag, little);
    view.setUint16(at + 2, type, little);
    view.setUint32(at + 4, values.length, little);
    const inside = values.length * BYTES[type] <= 4;
    const place = inside ? at + 8 : free;
    if (!inside) {
      view.setUint32(at + 8, free, little);
      free += values.length * BYTES[type];
    }
    values.forEach((value, j) =>
      type === LONG ? view.setUint32(place + j * 4, value, little) : view.setUint16(place + j * 2, value, little),
    );
  });
  return result;
}
