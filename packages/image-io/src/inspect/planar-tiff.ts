import { imageFormat } from '../image-format';
import { TIFF_TAGS, tiffDirectory } from './tiff-tags';

const SHORT = 3;
const LONG = 4;
const BYTES = { [SHORT]: 2, [LONG]: 4 } as const;
const BLACK_IS_ZERO = 1;

/** Whether each of a TIFF's colours lies in tiles of its own. */
export function hasPlanarTiles(bytes: Uint8Array): boolean {
  if (imageFormat(bytes) !== 'tiff' || isBigTiff(bytes)) return false;
  try {
    const { tags } = tiffDirectory(bytes);
    return tags.get(TIFF_TAGS.planarConfiguration)?.[0] === 2 && tags.has(TIFF_TAGS.tileOffsets) && samplesOf(tags) > 1;
  } catch {
    return false;
  }
}

const isBigTiff = (bytes: Uint8Array) => bytes[2] === 43 || bytes[3] === 43;
const samplesOf = (tags: ReadonlyMap<number, readonly number[]>) => tags.get(TIFF_TAGS.samplesPerPixel)?.[0] ?? 1;

/** Whether a TIFF's colours are multiplied by its alpha already. */
export function isPremultiplied(bytes: Uint8Array): boolean {
  return tiffDirectory(bytes).tags.get(TIFF_TAGS.extraSamples)?.[0] === 1;
}

/**
 * A TIFF with planar tiles as grey TIFFs, one for each colour: the same bytes with another directory behind them.
 * @throws RangeError if the directory does not name as many tiles for each colour
 */
export function planesOfTiff(bytes: Uint8Array): Uint8Array[] {
  const { little, tags } = tiffDirectory(bytes);
  const samples = samplesOf(tags);
  const offsets = tags.get(TIFF_TAGS.tileOffsets)!;
  const counts = tags.get(TIFF_TAGS.tileByteCounts) ?? [];
  const tiles = offsets.length / samples;
  if (!Number.isInteger(tiles) || counts.length !== offsets.length)
    throw new RangeError('planesOfTiff: tiles must be as many for each colour');
  const kept = [...tags].filter(([tag]) => KEPT.includes(tag)).map(([tag, values]) => [tag, values] as const);
  return Array.from({ length: samples }, (_, plane) => {
    const own = (values: readonly number[]) => values.slice(plane * tiles, (plane + 1) * tiles);
    return withDirectory(bytes, little, [
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

function withDirectory(
  bytes: Uint8Array,
  little: boolean,
  entries: (readonly [tag: number, values: readonly number[]])[],
): Uint8Array {
  const sorted = [...entries].sort(([a], [b]) => a - b);
  const start = bytes.length + (bytes.length % 2);
  const valuesStart = start + 2 + sorted.length * 12 + 4;
  const total = sorted.reduce((sum, [, values]) => sum + values.length * 4, valuesStart);
  const result = new Uint8Array(total);
  result.set(bytes);
  const view = new DataView(result.buffer);
  view.setUint32(4, start, little);
  view.setUint16(start, sorted.length, little);
  let free = valuesStart;
  sorted.forEach(([tag, values], i) => {
    const at = start + 2 + i * 12;
    const type = tag === TIFF_TAGS.tileOffsets || tag === TIFF_TAGS.tileByteCounts || values[0]! > 0xffff ? LONG : SHORT;
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
