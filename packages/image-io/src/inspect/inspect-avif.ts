import { boxesIn, findBox, type Box } from './avif-boxes';
import { collectFindings, DamageFound, type Inspection } from './inspection';
import { isLimitedRangeMonochrome } from './sequence-range';

/** Checks that an AVIF's boxes are all there. */
export function inspectAvif(bytes: Uint8Array): Inspection {
  return collectFindings(() => {
    const boxes = boxesIn(bytes, 0, bytes.length);
    const cut = boxes.find(({ end }) => end > bytes.length);
    if (cut) throw new DamageFound(`it ends in the middle of its box ${cut.kind.replace(/[^ -~]/g, '?')}`);
    if (!boxes.some(({ kind }) => kind === 'meta')) throw new DamageFound('it has no picture');
  });
}

/** Whether an AVIF is grey with levels from 16 to 235 (of 8 bits; 10 and 12 likewise), which stand for black and white. */
export function isLimitedRangeGrey(bytes: Uint8Array): boolean {
  const properties = primaryProperties(bytes);
  const configuration = properties.find(({ kind }) => kind === 'av1C');
  if (!configuration || (bytes[configuration.start + 2]! & 0x10) === 0) return false; // not monochrome
  const nclx = properties.find(({ kind, start }) => kind === 'colr' && text(bytes, start) === 'nclx');
  if (nclx) return (bytes[nclx.start + 10]! & 0x80) === 0;
  const units = bytes.subarray(configuration.start + 4, configuration.end);
  const data = findBox(bytes, ['mdat']);
  return isLimitedRangeMonochrome(units.length > 0 || !data ? units : bytes.subarray(data.start, data.end));
}

const text = (bytes: Uint8Array, at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));

/** The property boxes of the picture that is shown (ISO/IEC 23008-12, section 9.3), by its `ipma` entry. */
function primaryProperties(bytes: Uint8Array): Box[] {
  const container = findBox(bytes, ['meta', 'iprp', 'ipco']);
  const primary = findBox(bytes, ['meta', 'pitm']);
  const associations = findBox(bytes, ['meta', 'iprp', 'ipma']);
  if (!container || !primary || !associations) return [];
  const all = boxesIn(bytes, container.start, container.end);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const wanted = bytes[primary.start] === 0 ? view.getUint16(primary.start + 4) : view.getUint32(primary.start + 4);
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

/**
 * An animated AVIF as the still one that it holds too: libheif goes by the brand, and calls a sequence an unsupported format. Others are
 * returned as they are.
 */
export function asStillAvif(bytes: Uint8Array): Uint8Array {
  if (text(bytes, 8) !== 'avis' || !findBox(bytes, ['meta', 'pitm'])) return bytes;
  const still = bytes.slice();
  still.set([0x61, 0x76, 0x69, 0x66], 8); // the brand 'avif'
  return still;
}
