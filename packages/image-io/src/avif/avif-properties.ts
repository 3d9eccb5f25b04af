import { boxesIn, findBox, type Box } from './avif-boxes';
import { itemData, propertiesOf } from './avif-items';
import { firstFrame } from './first-frame';
import { sequenceColours } from './sequence-range';

const text = (bytes: Uint8Array, at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));

/** The property boxes of the picture that is shown (ISO/IEC 23008-12, section 9.3), in the order of its `ipma` entry. */
export function primaryProperties(bytes: Uint8Array): Box[] {
  const primary = findBox(bytes, ['meta', 'pitm']);
  if (!primary) return [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return propertiesOf(
      bytes,
      bytes[primary.start] === 0 ? view.getUint16(primary.start + 4) : view.getUint32(primary.start + 4),
    );
  } catch {
    return []; // cut short
  }
}

/** Whether an AVIF's alpha is coded in the limited range (16 transparent, 235 opaque), by its sequence header. */
export function hasLimitedAlpha(bytes: Uint8Array): boolean {
  const references = findBox(bytes, ['meta', 'iref']);
  if (!references || bytes[references.start] !== 0) return false;
  const auxiliary = boxesIn(bytes, references.start + 4, references.end).find(({ kind }) => kind === 'auxl');
  if (!auxiliary || auxiliary.start + 2 > bytes.length) return false;
  const id = (bytes[auxiliary.start]! << 8) | bytes[auxiliary.start + 1]!;
  const type = propertiesOf(bytes, id).find(({ kind }) => kind === 'auxC');
  const isAlpha = type && String.fromCharCode(...bytes.subarray(type.start + 4, type.start + 64)).includes('alpha');
  const data = isAlpha ? itemData(bytes, id) : undefined;
  const colours = data && sequenceColours(data);
  return colours !== undefined && colours.monochrome && !colours.fullRange;
}

/** How an AVIF codes its colours. */
export interface AvifColours {
  monochrome: boolean;
  /** Whether chroma has half the columns, and half the rows. */
  subsampled: readonly [across: boolean, down: boolean];
  /** Where the contents of its `colr` box begin: the one of type 'nclx' if it has one, or else the profile's. */
  colr?: number;
  /** The matrix number (ITU-T H.273, table 4); 2 if unspecified. */
  matrix: number;
  fullRange: boolean;
}

/** The length of a `colr` box of type 'nclx': the type, three numbers and a flag. */
const COLR_BYTES = 11;

/** How an AVIF codes its colours; undefined if the picture has no configuration, such as one made of tiles. */
export function avifColours(bytes: Uint8Array): AvifColours | undefined {
  const properties = primaryProperties(bytes);
  const configuration = properties.find(({ kind }) => kind === 'av1C');
  if (!configuration) return undefined;
  const flags = bytes[configuration.start + 2]!;
  const monochrome = (flags & 0x10) > 0;
  const subsampled = [(flags & 8) > 0, (flags & 4) > 0] as const;
  const boxes = properties.filter(({ kind, start, end }) => kind === 'colr' && end - start >= COLR_BYTES);
  const box = boxes.find(({ start }) => text(bytes, start) === 'nclx');
  const colr = (box ?? boxes[0])?.start;
  if (box) {
    const nclx = box.start + 4; // primaries, transfer, matrix (2 bytes each), and the range's flag
    return {
      monochrome,
      subsampled,
      colr,
      matrix: (bytes[nclx + 4]! << 8) | bytes[nclx + 5]!,
      fullRange: bytes[nclx + 6]! >= 0x80,
    };
  }
  const units = bytes.subarray(configuration.start + 4, configuration.end);
  const data = findBox(bytes, ['mdat']);
  const said = sequenceColours(units.length > 0 || !data ? units : bytes.subarray(data.start, data.end));
  return { monochrome, subsampled, colr, matrix: said?.matrix ?? 2, fullRange: said?.fullRange ?? true };
}

/**
 * Turns an animated AVIF into a still one of its first frame, or else of the still picture that it may also contain: libheif goes by the
 * brand, and rejects a sequence as an unsupported format. Other files are returned as they are.
 */
export function asStillAvif(bytes: Uint8Array): Uint8Array {
  const sequence = text(bytes, 8) === 'avis';
  const hasStill = findBox(bytes, ['meta', 'pitm']) !== undefined;
  const frame = sequence || !hasStill ? firstFrame(bytes) : undefined;
  if (frame || !sequence || !hasStill) return frame ?? bytes;
  const still = bytes.slice();
  still.set([0x61, 0x76, 0x69, 0x66], 8); // the brand 'avif'
  return still;
}

/** Describes a file in AVIF's container that cannot be decoded, for an error message; undefined if it may be an AVIF. */
export function unsupportedAvif(bytes: Uint8Array): string | undefined {
  const animation = findBox(bytes, ['moov']) !== undefined;
  if (animation && (firstFrame(bytes) ?? findBox(bytes, ['meta', 'pitm'])) === undefined)
    return 'an animated AVIF whose first frame cannot be found';
  if (animation) return undefined;
  const kinds = new Set(primaryProperties(bytes).map(({ kind }) => kind));
  if (kinds.has('av1C')) return undefined;
  if (kinds.has('hvcC')) return 'a HEIC photograph';
  return kinds.has('j2kH') || kinds.has('jpgC') || kinds.has('avcC') || kinds.has('uncC')
    ? 'a HEIF picture that is not coded in AV1'
    : undefined;
}
