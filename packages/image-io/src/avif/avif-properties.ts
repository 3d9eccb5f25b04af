import { boxesIn, findBox, type Box } from './avif-boxes';
import { isLimitedRangeMonochrome } from './sequence-range';

const text = (bytes: Uint8Array, at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));

/** The property boxes of the picture that is shown (ISO/IEC 23008-12, section 9.3), in the order of its `ipma` entry. */
export function primaryProperties(bytes: Uint8Array): Box[] {
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

/** How an AVIF codes its colours. */
export interface AvifColours {
  monochrome: boolean;
  /** Whether chroma has half the columns, and half the rows. */
  subsampled: readonly [across: boolean, down: boolean];
  /** Where the `nclx` box's fields begin, if it has one: primaries, transfer, matrix (2 bytes each), and the range's flag. */
  nclx?: number;
  /** The matrix' number (ITU-T H.273, table 4); 2 where it is not said. */
  matrix: number;
  fullRange: boolean;
}

/** Undefined where the picture has no configuration of its own, such as one made of tiles. */
export function avifColours(bytes: Uint8Array): AvifColours | undefined {
  const properties = primaryProperties(bytes);
  const configuration = properties.find(({ kind }) => kind === 'av1C');
  if (!configuration) return undefined;
  const flags = bytes[configuration.start + 2]!;
  const monochrome = (flags & 0x10) > 0;
  const subsampled = [(flags & 8) > 0, (flags & 4) > 0] as const;
  const box = properties.find(({ kind, start }) => kind === 'colr' && text(bytes, start) === 'nclx');
  if (box) {
    const nclx = box.start + 4;
    return {
      monochrome,
      subsampled,
      nclx,
      matrix: (bytes[nclx + 4]! << 8) | bytes[nclx + 5]!,
      fullRange: bytes[nclx + 6]! >= 0x80,
    };
  }
  const units = bytes.subarray(configuration.start + 4, configuration.end);
  const data = findBox(bytes, ['mdat']);
  const limited = isLimitedRangeMonochrome(units.length > 0 || !data ? units : bytes.subarray(data.start, data.end));
  return { monochrome, subsampled, matrix: 2, fullRange: !limited };
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

/** What a file in AVIF's container is that is no AVIF, in words; undefined if it may be one. */
export function unsupportedAvif(bytes: Uint8Array): string | undefined {
  const animation = findBox(bytes, ['moov']) !== undefined;
  if (animation && !findBox(bytes, ['meta', 'pitm']))
    return 'an animated AVIF without a still picture, whose frames are not read';
  const kinds = new Set(primaryProperties(bytes).map(({ kind }) => kind));
  if (kinds.has('av1C')) return undefined;
  if (kinds.has('hvcC')) return 'a HEIC photograph';
  return kinds.has('j2kH') || kinds.has('jpgC') || kinds.has('avcC') || kinds.has('uncC')
    ? 'a HEIF picture that is not coded in AV1'
    : undefined;
}
