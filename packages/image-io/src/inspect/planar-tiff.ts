import { imageFormat } from '../image-format';
import { TIFF_TAGS, tiffDirectory } from './tiff-tags';
import { isBigTiff, withDirectory, withTags } from './write-tiff-directory';

const BLACK_IS_ZERO = 1;

/** Whether a TIFF has separate tiles for each colour. */
export function hasPlanarTiles(bytes: Uint8Array): boolean {
  if (imageFormat(bytes) !== 'tiff' || isBigTiff(bytes)) return false;
  try {
    const { tags } = tiffDirectory(bytes);
    return tags.get(TIFF_TAGS.planarConfiguration)?.[0] === 2 && tags.has(TIFF_TAGS.tileOffsets) && samplesOf(tags) > 1;
  } catch {
    return false;
  }
}

const samplesOf = (tags: ReadonlyMap<number, readonly number[]>) => tags.get(TIFF_TAGS.samplesPerPixel)?.[0] ?? 1;

const PREMULTIPLIED = 1;
const PLAIN_ALPHA = 2;

/** Whether a TIFF's colours are premultiplied by its alpha. */
export function isPremultiplied(bytes: Uint8Array): boolean {
  if (imageFormat(bytes) !== 'tiff') return false;
  try {
    return tiffDirectory(bytes).tags.get(TIFF_TAGS.extraSamples)?.[0] === PREMULTIPLIED;
  } catch {
    return false;
  }
}

/** A TIFF with the same samples, declared as not premultiplied. */
export const asPlainAlphaTiff = (bytes: Uint8Array): Uint8Array => withTags(bytes, [[TIFF_TAGS.extraSamples, [PLAIN_ALPHA]]]);

/**
 * Splits a TIFF with planar tiles into grey TIFFs, one per colour: the same bytes with another directory after them.
 * @throws RangeError if the directory does not list equally many tiles for each colour
 */
export function planesOfTiff(bytes: Uint8Array): Uint8Array[] {
  const { tags } = tiffDirectory(bytes);
  const samples = samplesOf(tags);
  const offsets = tags.get(TIFF_TAGS.tileOffsets)!;
  const counts = tags.get(TIFF_TAGS.tileByteCounts) ?? [];
  const tiles = offsets.length / samples;
  if (!Number.isInteger(tiles) || counts.length !== offsets.length)
    throw new RangeError('planesOfTiff: each colour must have the same number of tiles');
  const kept = [...tags].filter(([tag]) => KEPT.includes(tag)).map(([tag, values]) => [tag, values] as const);
  return Array.from({ length: samples }, (_, plane) => {
    const own = (values: readonly number[]) => values.slice(plane * tiles, (plane + 1) * tiles);
    return withDirectory(bytes, [
      ...kept,
      [TIFF_TAGS.bitsPerSample, [tags.get(TIFF_TAGS.bitsPerSample)?.[plane] ?? 8]],
      [TIFF_TAGS.photometric, [BLACK_IS_ZERO]],
      [TIFF_TAGS.samplesPerPixel, [1]],
      [TIFF_TAGS.tileOffsets, own(offsets)],
      [TIFF_TAGS.tileByteCounts, own(counts)],
    ]);
  });
}

/** Width, height, compression, fill order, orientation, predictor, and the tiles' sides. */
const KEPT: readonly number[] = [TIFF_TAGS.width, TIFF_TAGS.height, TIFF_TAGS.compression, 266, 274, 317, 322, 323];
