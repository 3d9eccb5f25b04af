import { headerSize } from '../header-size';
import { TIFF_TAGS, tiffDirectory, type TiffDirectory } from './tiff-tags';
import { behindTiff, isBigTiff, withTags, type TiffEntry } from './write-tiff-directory';

const NO_COMPRESSION = 1;
const OLD_JPEG = 6;
const SEPARATE = 2;
const RGB = 2;
const UNSIGNED = 1;
const SIGNED = 2;
const LARGEST_16 = 65_535;

const first = ({ tags }: TiffDirectory, tag: number, otherwise: number) => tags.get(tag)?.[0] ?? otherwise;

/**
 * Rewrites a TIFF so that libvips can read it: samples declared as signed become unsigned, as viewers treat them; samples of 9 to 15 bits,
 * and of 32 bits if they fit into 16, become 16 bits; planes of unspecified meaning are dropped; old-style JPEG becomes the JPEG itself.
 * Other files are returned as they are.
 */
export function asReadableTiff(bytes: Uint8Array): Uint8Array {
  try {
    const directory = tiffDirectory(bytes);
    if (isBigTiff(bytes)) return bytes;
    if (first(directory, TIFF_TAGS.compression, NO_COMPRESSION) === OLD_JPEG) return wholeJpeg(bytes, directory) ?? bytes;
    if (isPacked(bytes, directory)) return unpacked(bytes, directory);
    const signed = directory.tags.get(TIFF_TAGS.sampleFormat)?.includes(SIGNED);
    const changes: TiffEntry[] = [...(signed ? [[TIFF_TAGS.sampleFormat, undefined] as const] : []), ...colourPlanes(directory)];
    return changes.length > 0 ? withTags(bytes, changes) : bytes;
  } catch {
    return bytes; // damage, for the inspection to name
  }
}

/** The JPEG file inside an old-style JPEG TIFF, if it is the whole picture (TIFF 6.0, section 22; TIFF Technical Note 2). */
export function wholeJpeg(bytes: Uint8Array, directory: TiffDirectory): Uint8Array | undefined {
  const { tags } = directory;
  const strips = tags.get(TIFF_TAGS.stripOffsets) ?? [];
  const offset = tags.get(TIFF_TAGS.jpegOffset)?.[0] ?? (strips.length === 1 ? strips[0]! : bytes.length);
  const length =
    tags.get(TIFF_TAGS.jpegLength)?.[0] ?? (strips.length === 1 ? tags.get(TIFF_TAGS.stripByteCounts)?.[0] : undefined);
  const jpeg = bytes.subarray(offset, length ? offset + length : bytes.length);
  const size = jpeg[0] === 0xff && jpeg[1] === 0xd8 ? headerSize(jpeg) : undefined;
  const isWhole = size?.width === first(directory, TIFF_TAGS.width, 0) && size.height === first(directory, TIFF_TAGS.height, 0);
  return isWhole && first(directory, TIFF_TAGS.orientation, 1) === 1 ? jpeg : undefined;
}

/** Tags that omit planes of unspecified meaning (TIFF 6.0, ExtraSamples), if each plane has separate strips. */
function colourPlanes(directory: TiffDirectory): TiffEntry[] {
  const { tags } = directory;
  const extra = tags.get(TIFF_TAGS.extraSamples) ?? [];
  const samples = first(directory, TIFF_TAGS.samplesPerPixel, 1);
  const colours = samples - extra.length;
  const offsets = tags.get(TIFF_TAGS.stripOffsets) ?? [];
  const counts = tags.get(TIFF_TAGS.stripByteCounts) ?? [];
  const separate = first(directory, TIFF_TAGS.planarConfiguration, 1) === SEPARATE && offsets.length % samples === 0;
  if (!separate || extra.length === 0 || colours < 1 || extra.some((meaning) => meaning !== 0)) return [];
  const strips = (offsets.length / samples) * colours;
  return [
    [TIFF_TAGS.bitsPerSample, (tags.get(TIFF_TAGS.bitsPerSample) ?? [1]).slice(0, colours)],
    [TIFF_TAGS.samplesPerPixel, [colours]],
    [TIFF_TAGS.planarConfiguration, [colours === 1 ? 1 : SEPARATE]],
    [TIFF_TAGS.extraSamples, undefined],
    [TIFF_TAGS.stripOffsets, offsets.slice(0, strips)],
    [TIFF_TAGS.stripByteCounts, counts.slice(0, strips)],
  ];
}

/**
 * Whether it has grey or RGB samples of 9 to 15 bits, or of 32 bits whose values fit into 16 (some programs store 16-bit grey that way), packed in uncompressed
 * strips that are complete.
 */
export function isPacked(bytes: Uint8Array, directory: TiffDirectory): boolean {
  const { tags } = directory;
  const bits = tags.get(TIFF_TAGS.bitsPerSample) ?? [1];
  const format = first(directory, TIFF_TAGS.sampleFormat, UNSIGNED);
  const isLong = bits[0] === 32 && (format === UNSIGNED || format === SIGNED);
  const plain =
    first(directory, TIFF_TAGS.compression, NO_COMPRESSION) === NO_COMPRESSION &&
    first(directory, TIFF_TAGS.fillOrder, 1) === 1 &&
    first(directory, TIFF_TAGS.planarConfiguration, 1) === 1 &&
    first(directory, TIFF_TAGS.photometric, 3) <= RGB &&
    bits.every((each) => each === bits[0] && (isLong || (format === UNSIGNED && each > 8 && each < 16)));
  if (!plain || isBigTiff(bytes)) return false;
  const strips = stripsOf(bytes, directory);
  return strips !== undefined && (!isLong || strips.every((strip) => hasWords(strip.bytes, directory.little)));
}

/** Whether 32-bit numbers are all 0 … 65535. */
function hasWords(bytes: Uint8Array, little: boolean): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < bytes.length; at += 4) if (view.getUint32(at, little) > LARGEST_16) return false;
  return true;
}

interface Strip {
  bytes: Uint8Array;
  rows: number;
}

/** The strips of packed samples; undefined if one is missing or too short. */
function stripsOf(bytes: Uint8Array, directory: TiffDirectory): Strip[] | undefined {
  const offsets = directory.tags.get(TIFF_TAGS.stripOffsets) ?? [];
  const height = first(directory, TIFF_TAGS.height, 0);
  const rowsPerStrip = Math.min(first(directory, TIFF_TAGS.rowsPerStrip, height), height);
  if (rowsPerStrip < 1 || offsets.length !== Math.ceil(height / rowsPerStrip)) return undefined;
  const strips = offsets.map((offset, i) => {
    const rows = Math.min(rowsPerStrip, height - i * rowsPerStrip);
    return { rows, bytes: bytes.subarray(offset, offset + rows * rowBytes(directory)) };
  });
  return strips.every((strip) => strip.bytes.length === strip.rows * rowBytes(directory)) ? strips : undefined;
}

const samplesAcross = (directory: TiffDirectory) =>
  first(directory, TIFF_TAGS.width, 0) * first(directory, TIFF_TAGS.samplesPerPixel, 1);

/** Bytes per row; rows begin at whole bytes. */
const rowBytes = (directory: TiffDirectory) =>
  Math.ceil((samplesAcross(directory) * first(directory, TIFF_TAGS.bitsPerSample, 1)) / 8);

/** The `bits`-bit number, 9 to 15, that begins at bit `start`. */
function bitsAt(packed: Uint8Array, start: number, bits: number): number {
  const [byte, shift] = [start >> 3, start & 7];
  const three = (packed[byte]! << 16) | ((packed[byte + 1] ?? 0) << 8) | (packed[byte + 2] ?? 0);
  return (three >> (24 - bits - shift)) & (2 ** bits - 1);
}

/** The same picture with 16 bits per sample, scaled to the full range, in one strip. */
function unpacked(bytes: Uint8Array, directory: TiffDirectory): Uint8Array {
  const [across, bits] = [samplesAcross(directory), first(directory, TIFF_TAGS.bitsPerSample, 1)];
  const strips = stripsOf(bytes, directory)!;
  const data = new Uint8Array(across * first(directory, TIFF_TAGS.height, 0) * 2);
  const view = new DataView(data.buffer);
  const largest = 2 ** bits - 1;
  const longAt = (packed: Uint8Array, i: number) =>
    new DataView(packed.buffer, packed.byteOffset).getUint32(4 * i, directory.little);
  let at = 0;
  for (const strip of strips) {
    for (let row = 0; row < strip.rows; row++) {
      const packed = strip.bytes.subarray(row * rowBytes(directory));
      for (let i = 0; i < across; i++, at += 2) {
        const value = bits === 32 ? longAt(packed, i) : Math.round((bitsAt(packed, i * bits, bits) * LARGEST_16) / largest);
        view.setUint16(at, value, directory.little);
      }
    }
  }
  const samples = first(directory, TIFF_TAGS.samplesPerPixel, 1);
  return withTags(
    bytes,
    [
      [TIFF_TAGS.bitsPerSample, new Array<number>(samples).fill(16)],
      [TIFF_TAGS.sampleFormat, undefined],
      [TIFF_TAGS.stripOffsets, [behindTiff(bytes)]],
      [TIFF_TAGS.stripByteCounts, [data.length]],
      [TIFF_TAGS.rowsPerStrip, [first(directory, TIFF_TAGS.height, 0)]],
    ],
    data,
  );
}
