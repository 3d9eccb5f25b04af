import { boxesIn, findBox, type Box } from './avif-boxes';

/** The file from where an item's data begins, by its `iloc` entry (ISO/IEC 14496-12, section 8.11.3); undefined if there is none. */
export function itemData(bytes: Uint8Array, wanted: number): Uint8Array | undefined {
  const box = findBox(bytes, ['meta', 'iloc']);
  if (!box) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = box.start + 4;
  const take = (size: number) => {
    let value = 0;
    for (let i = 0; i < size; i++) value = value * 256 + view.getUint8(at++);
    return value;
  };
  try {
    const version = bytes[box.start]!;
    const [sizes, moreSizes] = [take(1), take(1)];
    const [offsetSize, lengthSize, baseSize, indexSize] = [
      sizes >> 4,
      sizes & 15,
      moreSizes >> 4,
      version > 0 ? moreSizes & 15 : 0,
    ];
    for (let left = take(version < 2 ? 2 : 4); left > 0 && at < box.end; left--) {
      const id = take(version < 2 ? 2 : 4);
      const method = version > 0 ? take(2) & 15 : 0;
      take(2); // the file that holds it
      const base = take(baseSize);
      for (let extent = 0, extents = take(2); extent < extents && at < box.end; extent++) {
        take(indexSize);
        const offset = base + take(offsetSize);
        take(lengthSize);
        if (id === wanted) return method === 0 ? bytes.subarray(offset) : undefined;
      }
    }
  } catch {
    // cut short
  }
  return undefined;
}

/** The property boxes of an item, in the order of its `ipma` entry. */
export function propertiesOf(bytes: Uint8Array, wanted: number): Box[] {
  const container = findBox(bytes, ['meta', 'iprp', 'ipco']);
  const associations = findBox(bytes, ['meta', 'iprp', 'ipma']);
  if (!container || !associations) return [];
  const all = boxesIn(bytes, container.start, container.end);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const [longIds, wideIndices] = [bytes[associations.start]! > 0, (bytes[associations.start + 3]! & 1) === 1];
    let at = associations.start + 8;
    for (let left = view.getUint32(associations.start + 4); left > 0 && at < associations.end; left--) {
      const id = longIds ? view.getUint32(at) : view.getUint16(at);
      at += longIds ? 4 : 2;
      const count = view.getUint8(at++);
      const indices = Array.from({ length: count }, (_, i) =>
        wideIndices ? view.getUint16(at + i * 2) & 0x7fff : view.getUint8(at + i) & 0x7f,
      );
      at += count * (wideIndices ? 2 : 1);
      if (id === wanted) return indices.flatMap((index) => all[index - 1] ?? []);
    }
  } catch {
    // cut short
  }
  return [];
}
