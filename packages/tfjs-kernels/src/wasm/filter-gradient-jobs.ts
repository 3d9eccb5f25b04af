import type { backend_util } from '@tensorflow/tfjs-core';
import type { FilterGradientJob } from './generated/job-fields';
import type { JobOf } from './heap';

type Job = JobOf<typeof FilterGradientJob>;

/** Longest piece of a filter row in one tile, in floats; a multiple of 8. */
const PART_FLOATS = 128;
/** From this many channels on, a piece lies within one tap, so that positions at which the tap falls on padding are skipped. */
const CHANNELS_PER_TAP = 64;
/** Least number of tiles of a filter gradient; small filters are also cut into slices. Fixed, so that sums don't depend on threads. */
const WANTED_TILES = 16;
/**
 * Up to this many floats from one position to the next, rows of the image are copied and read there instead of packing positions: their
 * lines stay in the cache, and packing would cost as much as multiplying by a few output channels.
 */
const COPIED_STEP = 32;
/** Longest row of positions that is copied, the depth of a chunk, and floats of the rows, which fit a thread's scratch memory. */
const COPIED_POSITIONS = 256;
const COPIED_FLOATS = 32_768;
/** A slice sums at least this many positions. */
const MIN_DEPTH = 256;

/** The job of a filter gradient, without its destination: image [B, H, W, Ci] and gradient [B, OH, OW, Co] give [kh, kw, Ci, Co]. */
export function filterGradientJob(
  info: backend_util.Conv2DInfo,
  image: number,
  gradient: number,
  maxColumns: number,
): Omit<Job, 'destination'> {
  const { inChannels, outChannels, filterHeight, filterWidth } = info;
  const columnsPerTile = Math.min(maxColumns, outChannels);
  const columnTiles = Math.ceil(outChannels / columnsPerTile);
  const perTap = inChannels >= CHANNELS_PER_TAP;
  const segments = perTap ? filterWidth : 1;
  const segmentLength = perTap ? inChannels : filterWidth * inChannels;
  const parts = Math.ceil(segmentLength / PART_FLOATS);
  const partLength = Math.ceil(segmentLength / parts / 8) * 8;
  const wholeRows = segments * parts === 1;
  const filterRowsPerTile = wholeRows ? Math.min(filterHeight, Math.max(1, Math.floor(PART_FLOATS / partLength))) : 1;
  const tilesPerSlice = Math.ceil(filterHeight / filterRowsPerTile) * segments * parts * columnTiles;
  const positions = info.batchSize * info.outHeight * info.outWidth;
  const slices = Math.max(1, Math.min(Math.ceil(WANTED_TILES / tilesPerSlice), Math.floor(positions / MIN_DEPTH)));
  return {
    tiles: tilesPerSlice * slices,
    columnTiles,
    columnsPerTile,
    filterRowsPerTile,
    segments,
    segmentLength,
    parts,
    partLength,
    slices,
    copiesRows: Number(hasShortRows(info, filterRowsPerTile)),
    image,
    gradient,
    sliceFloats: filterHeight * filterWidth * inChannels * outChannels,
    batch: info.batchSize,
    inHeight: info.inHeight,
    inWidth: info.inWidth,
    inChannels,
    outHeight: info.outHeight,
    outWidth: info.outWidth,
    outChannels,
    filterHeight,
    filterWidth,
    strideY: info.strideHeight,
    strideX: info.strideWidth,
    padTop: info.padInfo.top,
    padLeft: info.padInfo.left,
  };
}

function hasShortRows({ strideWidth, inChannels, outWidth, filterWidth }: backend_util.Conv2DInfo, rows: number): boolean {
  const rowFloats = ((outWidth - 1) * strideWidth + filterWidth) * inChannels;
  return strideWidth * inChannels <= COPIED_STEP && outWidth <= COPIED_POSITIONS && rows * rowFloats <= COPIED_FLOATS;
}
