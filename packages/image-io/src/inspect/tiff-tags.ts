/** The first directory of a TIFF or BigTIFF: tag → values, for the integer types. */
export interface TiffDirectory {
  little: boolean;
  tags: ReadonlyMap<number, readonly number[]>;
  /** Where each tag's values begin. */
  places: ReadonlyMap<number, number>;
}

export const TIFF_TAGS = {
  width: 256,
  height: 257,
  bitsPerSample: 258,
  compression: 259,
  photometric: 262,
  fillOrder: 266,
  stripOffsets: 273,
  orientation: 274,
  samplesPerPixel: 277,
  rowsPerStrip: 278,
  stripByteCounts: 279,
  planarConfiguration: 284,
  tileOffsets: 324,
  tileByteCounts: 325,
  extraSamples: 338,
  sampleFormat: 339,
  jpegOffset: 513,
  jpegLength: 514,
} as const;

/** Bytes of BYTE, SHORT, LONG, SBYTE, SSHORT, SLONG, LONG8 by type number. */
const SIZES: Readonly<Record<number, number>> = { 1: 1, 3: 2, 4: 4, 6: 1, 8: 2, 9: 4, 16: 8 };
/** More values than a picture of 100 million pixels has strips. */
const MAX_VALUES = 1_000_000;

/** @throws RangeError if the directory lies beyond the end of the file */
export function tiffDirectory(bytes: Uint8Array): TiffDirectory {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = bytes[0] === 0x49;
  const big = view.getUint16(2, little) === 43;
  const offsetAt = (at: number) => (big ? Number(view.getBigUint64(at, little)) : view.getUint32(at, little));
  const directory = offsetAt(big ? 8 : 4);
  const entries = big ? Number(view.getBigUint64(directory, little)) : view.getUint16(directory, little);
  const [first, entryBytes, countAt, valueAt, room] = big ? [8, 20, 4, 12, 8] : [2, 12, 4, 8, 4];
  const tags = new Map<number, readonly number[]>();
  const places = new Map<number, number>();
  for (let i = 0; i < Math.min(entries, 1000); i++) {
    const at = directory + first + i * entryBytes;
    const size = SIZES[view.getUint16(at + 2, little)];
    const count = offsetAt(at + countAt);
    if (size === undefined || count > MAX_VALUES) continue;
    const values = count * size <= room ? at + valueAt : offsetAt(at + valueAt);
    const read = (index: number) => {
      const place = values + index * size;
      if (size === 1) return view.getUint8(place);
      if (size === 2) return view.getUint16(place, little);
      return size === 4 ? view.getUint32(place, little) : Number(view.getBigUint64(place, little));
    };
    places.set(view.getUint16(at, little), values);
    tags.set(
      view.getUint16(at, little),
      Array.from({ length: count }, (_, index) => read(index)),
    );
  }
  return { little, tags, places };
}
