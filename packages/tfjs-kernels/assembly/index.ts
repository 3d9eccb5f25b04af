// The module: `run` does a share of a job, `serve` does shares until it is told to stop. Threads take tiles from an atomic counter.
import { absoluteErrorGradientTile, absoluteErrorsTile, mergeAbsoluteErrors } from './absolute-error';
import { addTile } from './add';
import { MAX_COLUMNS, MAX_PANELS, SCRATCH_BYTES, TILE_COLUMNS, tableAt } from './blocking';
import {
  batchNormGradientSumsTile,
  batchNormGradientTile,
  batchNormStatisticsTile,
  biasActivationGradientTile,
  biasActivationTile,
  columnSumsTile,
  mergeColumnSums,
  mergeGradientSums,
  mergeStatistics,
  normalisationScale,
  repeatShift,
  scaleShiftActivationTile,
} from './channels';
import { clipGradientTile, clipTile } from './clip';
import { convolutionTile } from './convolution';
import { convolution3DInputGradientTile } from './convolution-3d';
import { copyTile } from './copy';
import { depthwiseFilterGradientTile, depthwiseInputGradientTile, depthwiseTile } from './depthwise';
import { finishTile } from './epilogue';
import { shortSumsTile } from './short-sums';
import { filterGradientTile } from './filter-gradient';
import {
  AbsoluteErrorJob,
  AddJob,
  ChannelsJob,
  ClipGradientJob,
  ClipJob,
  Convolution3DJob,
  ConvolutionJob,
  CopyJob,
  DepthwiseJob,
  FilterGradientJob,
  FinishJob,
  MatMulJob,
  Operation,
  OptimizerJob,
  StockOptimizerJob,
  PoolingJob,
  SegmentSumJob,
  SumSlicesJob,
  WinogradDataJob,
  WinogradFilterJob,
  WinogradProductJob,
} from './jobs';
import { matMulTile } from './mat-mul';
import { adamTile, momentumTile, movingAverageTile } from './optimizers';
import { stockOptimizerTile } from './stock-optimizers';
import { averagePoolGradientTile, averagePoolTile, maxPoolGradientTile, maxPoolTile } from './pooling';
import { awaitEntries, countOf, endTiles, entryAt, resetList, takenAt } from './replay';
import { segmentSumTile } from './segment-sum';
import { sumSlicesTile } from './sum-slices';
import { winogradDataTile } from './winograd-data';
import { winogradFilterGradientTile } from './winograd-filter-gradient';
import { winogradFiltersTile } from './winograd-filters';
import { winogradForwardTile } from './winograd-forward';
import { winogradInputGradientTile } from './winograd-input-gradient';

/** Calls a function of a recording by its number; only on the main thread. Imported from the module `index`, as this file is called. */
declare function call(index: i32): void;

/** The operation number that stands for the walk of a list. As in src/wasm/thread-pool.ts. */
const REPLAY: i32 = 4096;

/** Words of the control block that all threads share; those that are polled have a cache line each. As in src/wasm/thread-pool.ts. */
enum Control {
  generation = 0,
  nextTile = 16,
  finished = 32,
  operation = 48,
  job = 49,
  jobs = 50,
  threads = 51,
  failed = 52,
}

function word(control: usize, index: Control): usize {
  return control + ((<usize>index) << 2);
}

export function scratchBytes(): usize {
  return SCRATCH_BYTES;
}

export function tileColumns(): i32 {
  return TILE_COLUMNS;
}

export function maxPanels(): i32 {
  return MAX_PANELS;
}

export function maxColumns(): i32 {
  return MAX_COLUMNS;
}

/**
 * Takes tiles until none is left, and returns how many it ran. `jobs` jobs of one kind may follow each other; their tiles are numbered
 * consecutively.
 */
export function run(operation: i32, job: usize, jobs: i32, counter: usize, scratch: usize): i32 {
  const size = jobBytes(operation);
  let first = 0;
  let current = job;
  const end = job + <usize>jobs * size;
  let count = 0;
  while (true) {
    const tile = atomic.add<i32>(counter, 1);
    while (current != end && tile - first >= tilesOf(operation, current)) {
      first += tilesOf(operation, current);
      current += size;
    }
    if (current == end) return count;
    runTile(operation, current, tile - first, scratch);
    count++;
  }
}

/** A job's first word, unless the operation takes the whole job at once. */
export function tilesOf(operation: i32, job: usize): i32 {
  return operation >= Operation.mergeStatistics && operation <= Operation.repeatShift ? 1 : load<i32>(job);
}

export function jobBytes(operation: i32): usize {
  if (operation == Operation.convolution || operation == Operation.shortSums) return offsetof<ConvolutionJob>();
  if (operation == Operation.filterGradient) return offsetof<FilterGradientJob>();
  if (operation == Operation.sumSlices) return offsetof<SumSlicesJob>();
  if (operation == Operation.add) return offsetof<AddJob>();
  if (operation == Operation.winogradData) return offsetof<WinogradDataJob>();
  if (operation >= Operation.winogradFilters && operation <= Operation.winogradInputGradient)
    return offsetof<WinogradProductJob>();
  if (operation == Operation.winogradFilterGradient) return offsetof<WinogradFilterJob>();
  if (operation == Operation.adam || operation == Operation.momentum || operation == Operation.movingAverage)
    return offsetof<OptimizerJob>();
  if (operation >= Operation.maxPool && operation <= Operation.maxPoolGradient) return offsetof<PoolingJob>();
  if (operation >= Operation.depthwise && operation <= Operation.depthwiseFilterGradient) return offsetof<DepthwiseJob>();
  if (operation == Operation.convolution3DInputGradient) return offsetof<Convolution3DJob>();
  if (operation == Operation.segmentSum) return offsetof<SegmentSumJob>();
  if (operation == Operation.clipGradient) return offsetof<ClipGradientJob>();
  if (operation == Operation.clip) return offsetof<ClipJob>();
  if (operation == Operation.matMul) return offsetof<MatMulJob>();
  if (operation == Operation.stockOptimizer) return offsetof<StockOptimizerJob>();
  if (operation == Operation.finish) return offsetof<FinishJob>();
  if (operation == Operation.copy) return offsetof<CopyJob>();
  if (operation >= Operation.absoluteErrors || operation == Operation.mergeAbsoluteErrors) return offsetof<AbsoluteErrorJob>();
  return offsetof<ChannelsJob>();
}

function runTile(operation: i32, job: usize, tile: i32, scratch: usize): void {
  switch (operation) {
    case Operation.convolution:
      return convolutionTile(changetype<ConvolutionJob>(job), tile, scratch);
    case Operation.filterGradient:
      return filterGradientTile(changetype<FilterGradientJob>(job), tile, scratch);
    case Operation.sumSlices:
      return sumSlicesTile(changetype<SumSlicesJob>(job), tile);
    // The first of two passes goes backwards, from the data written last to where the second begins, so that both find it in the cache.
    case Operation.batchNormStatistics:
      return batchNormStatisticsTile(changetype<ChannelsJob>(job), load<i32>(job) - 1 - tile);
    case Operation.scaleShiftActivation:
      return scaleShiftActivationTile(changetype<ChannelsJob>(job), tile);
    case Operation.batchNormGradientSums:
      return batchNormGradientSumsTile(changetype<ChannelsJob>(job), load<i32>(job) - 1 - tile);
    case Operation.batchNormGradient:
      return batchNormGradientTile(changetype<ChannelsJob>(job), tile);
    case Operation.biasActivation:
      return biasActivationTile(changetype<ChannelsJob>(job), tile);
    case Operation.biasActivationGradient:
      return biasActivationGradientTile(changetype<ChannelsJob>(job), tile);
    case Operation.add:
      return addTile(changetype<AddJob>(job), tile);
    case Operation.adam:
      return adamTile(changetype<OptimizerJob>(job), tile);
    case Operation.momentum:
      return momentumTile(changetype<OptimizerJob>(job), tile);
    case Operation.movingAverage:
      return movingAverageTile(changetype<OptimizerJob>(job), tile);
    case Operation.winogradData:
      return winogradDataTile(changetype<WinogradDataJob>(job), tile, scratch);
    case Operation.winogradFilters:
      return winogradFiltersTile(changetype<WinogradProductJob>(job), tile, scratch);
    case Operation.winogradForward:
      return winogradForwardTile(changetype<WinogradProductJob>(job), tile, scratch);
    case Operation.winogradInputGradient:
      return winogradInputGradientTile(changetype<WinogradProductJob>(job), tile, scratch);
    case Operation.winogradFilterGradient:
      return winogradFilterGradientTile(changetype<WinogradFilterJob>(job), tile, scratch);
    case Operation.maxPool:
      return maxPoolTile(changetype<PoolingJob>(job), tile, scratch);
    case Operation.averagePool:
      return averagePoolTile(changetype<PoolingJob>(job), tile, scratch);
    case Operation.averagePoolGradient:
      return averagePoolGradientTile(changetype<PoolingJob>(job), tile, scratch);
    case Operation.maxPoolGradient:
      return maxPoolGradientTile(changetype<PoolingJob>(job), tile, scratch);
    case Operation.depthwise:
      return depthwiseTile(changetype<DepthwiseJob>(job), tile);
    case Operation.depthwiseInputGradient:
      return depthwiseInputGradientTile(changetype<DepthwiseJob>(job), tile);
    case Operation.depthwiseFilterGradient:
      return depthwiseFilterGradientTile(changetype<DepthwiseJob>(job), tile, scratch);
    case Operation.convolution3DInputGradient:
      return convolution3DInputGradientTile(changetype<Convolution3DJob>(job), tile);
    case Operation.segmentSum:
      return segmentSumTile(changetype<SegmentSumJob>(job), tile);
    case Operation.clip:
      return clipTile(changetype<ClipJob>(job), tile);
    case Operation.matMul:
      return matMulTile(changetype<MatMulJob>(job), tile, scratch);
    case Operation.shortSums:
      return shortSumsTile(changetype<ConvolutionJob>(job), tile, scratch);
    case Operation.finish:
      return finishTile(changetype<FinishJob>(job), tile);
    case Operation.stockOptimizer:
      return stockOptimizerTile(changetype<StockOptimizerJob>(job), tile);
    case Operation.columnSums:
      return columnSumsTile(changetype<ChannelsJob>(job), tile);
    case Operation.clipGradient:
      return clipGradientTile(changetype<ClipGradientJob>(job), tile);
    case Operation.mergeStatistics:
      return mergeStatistics(changetype<ChannelsJob>(job));
    case Operation.normalisationScale:
      return normalisationScale(changetype<ChannelsJob>(job));
    case Operation.mergeGradientSums:
      return mergeGradientSums(changetype<ChannelsJob>(job));
    case Operation.mergeColumnSums:
      return mergeColumnSums(changetype<ChannelsJob>(job));
    case Operation.repeatShift:
      return repeatShift(changetype<ChannelsJob>(job));
    case Operation.copy:
      return copyTile(changetype<CopyJob>(job), tile);
    case Operation.absoluteErrors:
      return absoluteErrorsTile(changetype<AbsoluteErrorJob>(job), tile);
    case Operation.mergeAbsoluteErrors:
      return mergeAbsoluteErrors(changetype<AbsoluteErrorJob>(job));
    case Operation.absoluteErrorGradient:
      return absoluteErrorGradientTile(changetype<AbsoluteErrorJob>(job), tile);
    default:
      unreachable();
  }
}

/** Prepares a list for a replay. */
export function prepare(list: usize): void {
  resetList(list);
}

/** The main thread's walk of a list; false if a worker failed. */
export function replay(list: usize, control: usize, scratch: usize, spins: i32): bool {
  return walk(list, control, scratch, spins, true);
}

/** A thread's walk of a recording's entries: see replay.ts. Only the main thread makes calls. */
function walk(list: usize, control: usize, scratch: usize, spins: i32, isMain: bool): bool {
  const count = countOf(list);
  for (let index = 0; index < count; index++) {
    const entry = entryAt(list, index);
    const isCall = entry.operation < 0;
    if (isCall ? !isMain : atomic.load<i32>(takenAt(entry)) >= entry.tiles) continue;
    if (!awaitEntries(list, entry.after, spins, word(control, Control.failed))) return false;
    let tiles = 1;
    if (isCall) call(<i32>entry.job);
    else tiles = run(entry.operation, entry.job, entry.jobs, takenAt(entry), scratch);
    if (tiles > 0) endTiles(list, entry, tiles);
  }
  return true;
}

/** A worker's loop: waits for the generation to change, does its share, reports. Returns when the operation is negative. */
export function serve(control: usize, scratch: usize, seen: i32, spins: i32): void {
  for (;;) {
    let spin = 0;
    while (atomic.load<i32>(word(control, Control.generation)) == seen) {
      if (++spin > spins) atomic.wait<i32>(word(control, Control.generation), seen, -1);
    }
    seen = atomic.load<i32>(word(control, Control.generation));
    const operation = atomic.load<i32>(word(control, Control.operation));
    if (operation < 0) return;
    const job = load<u32>(word(control, Control.job));
    if (operation == REPLAY) walk(job, control, scratch, spins, false);
    else run(operation, job, load<i32>(word(control, Control.jobs)), word(control, Control.nextTile), scratch);
    const finished = atomic.add<i32>(word(control, Control.finished), 1) + 1;
    if (finished == load<i32>(word(control, Control.threads)) - 1) atomic.notify(word(control, Control.finished), 1);
  }
}
