import type { backend_util } from '@tensorflow/tfjs-core';
import type { ConvolutionJob } from './generated/job-fields';
import type { JobOf } from './heap';

type Info = backend_util.Conv2DInfo;
type Job = JobOf<typeof ConvolutionJob>;

/** Longest sum of a position; at most MAX_DEPTH of assembly/blocking.ts. */
const MOST_DEPTH = 256;
/** Floats of the rows that are copied, and positions of an output row, that fit a thread's scratch memory. */
const MOST_FLOATS = 32_768;
const MOST_POSITIONS = 1024;
/** Tiles for each thread. */
const TILES_PER_THREAD = 8;

/** Whether the sums of a convolution's forward pass are short enough to go straight to memory (assembly/short-sums.ts). */
export function hasShortSums({ filterHeight, filterWidth, inChannels, outWidth, strideWidth }: Info): boolean {
  const columnFloats = filterHeight * inChannels;
  const rowFloats = ((outWidth - 1) * strideWidth + filterWidth) * columnFloats;
  return filterWidth * columnFloats <= MOST_DEPTH && rowFloats <= MOST_FLOATS && outWidth <= MOST_POSITIONS;
}

/** The job of a forward pass cut into rows of the output. */
export function shortSumsJob(job: Job, threads: number, maxColumns: number): Job {
  const rows = job.batch * job.gridHeight;
  const rowsPerTile = Math.max(1, Math.ceil(rows / (TILES_PER_THREAD * threads)));
  const columnsPerTile = Math.min(job.columns, maxColumns);
  const columnTiles = Math.ceil(job.columns / columnsPerTile);
  return { ...job, tiles: Math.ceil(rows / rowsPerTile) * columnTiles, columnTiles, panelsPerTile: rowsPerTile, columnsPerTile };
}
