/**
 * A box of the ISO base media file format (ISO/IEC 14496-12): where its contents begin and end; `end` may lie beyond the end of the file.
 */
export interface Box {
  kind: string;
  /** Where the box itself begins. */
  at: number;
  start: number;
  end: number;
}

/** The consecutive boxes between two byte offsets. */
export function boxesIn(bytes: Uint8Array, from: number, to: number): Box[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const boxes: Box[] = [];
  for (let at = from; at + 8 <= Math.min(to, bytes.length);) {
    let size = view.getUint32(at);
    let start = at + 8;
    if (size === 1 && at + 16 <= bytes.length) {
      size = Number(view.getBigUint64(at + 8));
      start += 8;
    }
    if (size === 0) size = to - at;
    if (size < start - at) break;
    boxes.push({ kind: String.fromCharCode(...bytes.subarray(at + 4, at + 8)), at, start, end: at + size });
    at += size;
  }
  return boxes;
}

/** Bytes of version, flags and other fields before the inner boxes. */
const FIELDS: Readonly<Record<string, number>> = { meta: 4, stsd: 8, av01: 78, dref: 8 };

/** The first box along a path of kinds, such as ['meta', 'iprp', 'ipco']; undefined if there is none. */
export function findBox(bytes: Uint8Array, path: readonly string[], within?: Box): Box | undefined {
  const [from, to] = within ? [within.start + (FIELDS[within.kind] ?? 0), within.end] : [0, bytes.length];
  const found = boxesIn(bytes, from, to).filter(({ kind }) => kind === path[0]);
  if (path.length <= 1) return found[0];
  for (const box of found) {
    const inner = findBox(bytes, path.slice(1), box);
    if (inner) return inner;
  }
  return undefined;
}
