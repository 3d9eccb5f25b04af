import type { ConvolutionJob } from './generated/job-fields';
import type { JobOf } from './heap';

export type Job = JobOf<typeof ConvolutionJob>;
/** A job before it is cut into tiles. */
export type UntiledJob = Omit<Job, 'tiles' | 'columnTiles' | 'panelsPerTile' | 'columnsPerTile'>;

/** Longest sum of a position, for a panel of weights to stay in the first-level cache: at most MAX_DEPTH of assembly/blocking.ts. */
const MOST_DEPTH = 256;
/** The same where there is a single panel: at most MAX_PANEL_DEPTH. Longer sums pay off since few columns reuse what is packed otherwise. */
const MOST_PANEL_DEPTH = 4096;
/** Floats of the rows that are copied, and positions of a row, that fit a thread's scratch memory. */
const MOST_FLOATS = 131_072;
const MOST_POSITIONS = 1000;
/** Fewer positions of a row would leave most rows of a register tile empty. */
const LEAST_POSITIONS = 4;
/** Tiles for each thread. */
const TILES_PER_THREAD = 8;

type Shape = Pick<Job, 'tapRows' | 'tapColumns' | 'sourceChannels' | 'gridWidth' | 'stepX' | 'columns'>;

/** Whether the sums of a convolution are short enough to go straight to memory (assembly/short-sums.ts). */
export function hasShortSums(job: Shape, tileColumns: number): boolean {
  const depth = job.tapRows * job.tapColumns * job.sourceChannels;
  const rowFloats = ((job.gridWidth - 1) * job.stepX + job.tapColumns) * job.sourceChannels;
  const most = job.columns <= tileColumns ? MOST_PANEL_DEPTH : MOST_DEPTH;
  const fits = job.tapRows * rowFloats <= MOST_FLOATS && job.gridWidth >= LEAST_POSITIONS && job.gridWidth <= MOST_POSITIONS;
  return job.tapRows > 0 && job.tapColumns > 0 && depth <= most && fits;
}

/** Cuts a job into rows of positions. */
export function shortSumsJob(job: UntiledJob, { threads, maxColumns }: { threads: number; maxColumns: number }): Job {
  const rows = job.batch * job.gridHeight;
  const rowsPerTile = Math.max(1, Math.ceil(rows / (TILES_PER_THREAD * threads)));
  const columnsPerTile = Math.min(job.columns, maxColumns);
  const columnTiles = Math.ceil(job.columns / columnsPerTile);
  return { ...job, tiles: Math.ceil(rows / rowsPerTile) * columnTiles, columnTiles, panelsPerTile: rowsPerTile, columnsPerTile };
}
