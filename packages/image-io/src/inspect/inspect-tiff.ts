import { collectFindings, DamageFound, type Inspection } from './inspection';
import { hasPlanarTiles } from './planar-tiff';
import { isPacked, wholeJpeg } from './readable-tiff';
import { TIFF_TAGS, tiffDirectory, type TiffDirectory } from './tiff-tags';

/** Checks that a TIFF's first directory and the strips or tiles that it lists are complete. */
export function inspectTiff(bytes: Uint8Array): Inspection {
  return collectFindings((warnings) => {
    const { tags } = tiffDirectory(bytes);
    if (tags.get(TIFF_TAGS.sampleFormat)?.includes(SIGNED)) warnings.push('samples declared as signed');
    const offsets = tags.get(TIFF_TAGS.stripOffsets) ?? tags.get(TIFF_TAGS.tileOffsets);
    const counts = tags.get(TIFF_TAGS.stripByteCounts) ?? tags.get(TIFF_TAGS.tileByteCounts);
    if (!offsets || offsets.length === 0) throw new DamageFound('it has no pixels');
    if (counts?.length !== offsets.length) return;
    const beyond = offsets.filter((offset, i) => offset + counts[i]! > bytes.length).length;
    const needed = plainStripBytes(tags);
    const lost = offsets.filter((offset, i) => offset + Math.min(counts[i]!, needed?.[i] ?? Infinity) > bytes.length).length;
    if (lost === 0 && beyond > 0) warnings.push('strips that claim to be longer than their pixels, and than the file');
    if (lost === 0) return;
    throw new DamageFound(`it ends before the end of ${lost} of its ${offsets.length} strips or tiles`);
  });
}

/** The bytes of each strip of an uncompressed TIFF whose samples are interleaved; undefined for other kinds. */
function plainStripBytes(tags: TiffDirectory['tags']): number[] | undefined {
  const first = (tag: number, otherwise: number) => tags.get(tag)?.[0] ?? otherwise;
  const height = first(TIFF_TAGS.height, 0);
  const [plain, together] = [first(TIFF_TAGS.compression, 1) === 1, first(TIFF_TAGS.planarConfiguration, 1) === 1];
  if (!plain || !together || tags.has(TIFF_TAGS.tileOffsets)) return undefined;
  const bits = first(TIFF_TAGS.width, 0) * first(TIFF_TAGS.samplesPerPixel, 1) * first(TIFF_TAGS.bitsPerSample, 1);
  const rows = Math.max(1, Math.min(first(TIFF_TAGS.rowsPerStrip, height), height));
  return tags.get(TIFF_TAGS.stripOffsets)?.map((_, i) => Math.ceil(bits / 8) * Math.max(0, Math.min(rows, height - i * rows)));
}

const COMPRESSIONS: Readonly<Record<number, string>> = {
  1: 'none',
  2: 'CCITT',
  3: 'CCITT fax 3',
  4: 'CCITT fax 4',
  5: 'LZW',
  6: 'old-style JPEG',
  7: 'JPEG',
  8: 'Deflate',
  32773: 'PackBits',
  32946: 'Deflate',
  34676: 'LogLuv',
  34677: 'LogLuv',
  34712: 'JPEG 2000',
  34925: 'LZMA',
  50000: 'Zstandard',
  50001: 'WebP',
  50002: 'JPEG XL',
};
const OLD_JPEG = 6;
const SIGNED = 2;
/** Compressions that libvips, as shipped with sharp, can decode. */
const READABLE = new Set([1, 2, 3, 4, 5, 7, 8, 32773, 32946, 50000, 50001]);

/** Describes a TIFF of a kind that decodeImage does not support, for an error message; undefined if it does. */
export function unsupportedTiff(bytes: Uint8Array): string | undefined {
  let directory: TiffDirectory;
  try {
    directory = tiffDirectory(bytes);
  } catch {
    return undefined; // damage, for the inspection to name
  }
  const first = (tag: number, otherwise: number) => directory.tags.get(tag)?.[0] ?? otherwise;
  const compression = first(TIFF_TAGS.compression, 1);
  if (compression === OLD_JPEG && wholeJpeg(bytes, directory)) return undefined;
  if (!READABLE.has(compression)) return `a TIFF with ${COMPRESSIONS[compression] ?? `unknown (${compression})`} compression`;
  const bits = first(TIFF_TAGS.bitsPerSample, 1);
  const format = first(TIFF_TAGS.sampleFormat, 1);
  if (format === 3) return `a TIFF of ${bits}-bit floats, whose range it does not declare`;
  if (bits > 16 && isPacked(bytes, directory)) return undefined;
  if (format === SIGNED && bits > 16) return `a TIFF of signed ${bits}-bit numbers, whose range it does not declare`;
  if (format > 4 || format === 0) return `a TIFF of complex numbers`;
  if (![1, 2, 4, 8, 16].includes(bits) && !isPacked(bytes, directory)) return `a TIFF of ${bits} bits per sample`;
  const rgb = 2;
  const planarTiles = first(TIFF_TAGS.planarConfiguration, 1) === 2 && directory.tags.has(TIFF_TAGS.tileOffsets);
  if (planarTiles && (first(TIFF_TAGS.photometric, rgb) !== rgb || ![8, 16].includes(bits) || !hasPlanarTiles(bytes))) {
    return 'a TIFF with separate tiles for each colour (planar)';
  }
  return undefined;
}
