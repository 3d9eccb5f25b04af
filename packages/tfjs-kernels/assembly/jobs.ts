// The jobs that the main thread gives to the workers. Every class is a block of 32-bit words in the shared heap. The build derives from
// this file the field lists with which src/wasm writes these blocks (src/wasm/generated/job-fields.ts), so the two cannot drift apart.
// Addresses are bytes; sizes, steps and offsets are in the unit of their names; a "float" is four bytes.

/** Operations, as numbered in `run`. */
export enum Operation {
  convolution,
  filterGradient,
  sumSlices,
  batchNormStatistics,
  scaleShiftActivation,
  batchNormGradientSums,
  batchNormGradient,
  biasActivation,
  biasActivationGradient,
  add,
  adam,
  momentum,
  winogradData,
  winogradFilters,
  winogradForward,
  winogradInputGradient,
  winogradFilterGradient,
  movingAverage,
  maxPool,
  averagePool,
  averagePoolGradient,
  maxPoolGradient,
  depthwise,
  depthwiseInputGradient,
  depthwiseFilterGradient,
  convolution3DInputGradient,
  segmentSum,
  clip,
  matMul,
  finish,
  shortSums,
  stockOptimizer,
  columnSums,
  clipGradient,
  mergeStatistics,
  normalisationScale,
  mergeGradientSums,
  mergeColumnSums,
  mergeAbsoluteErrors,
  repeatShift,
  copy,
  absoluteErrors,
  absoluteErrorGradient,
}

/**
 * A convolution over part of the output: a grid of positions, each reading `tapRows` rows of `tapColumns` source pixels. One row of
 * taps is contiguous in the source (NHWC), whatever the number of channels. The forward pass is one such job; the input gradient of
 * a strided convolution is one per phase, or a single one over blocks of pixels (see `groups`).
 */
@unmanaged
export class ConvolutionJob {
  tiles: i32;
  columnTiles: i32;
  panelsPerTile: i32;
  columnsPerTile: i32;
  source: usize;
  destination: usize;
  weights: usize;
  batch: i32;
  sourceHeight: i32;
  sourceWidth: i32;
  sourceChannels: i32;
  gridHeight: i32;
  gridWidth: i32;
  /** Source pixels per step of the grid. */
  stepY: i32;
  stepX: i32;
  /** Source pixel of the first tap at grid position (0, 0); negative where there is padding. */
  originY: i32;
  originX: i32;
  tapRows: i32;
  tapColumns: i32;
  filterHeight: i32;
  filterWidth: i32;
  /** Tap of the filter between the first pixel of a position and its first source pixel. */
  firstTapY: i32;
  firstTapX: i32;
  /** By how much the tap changes from a source pixel to the next, and from a pixel of the position's block to the next. */
  tapStepY: i32;
  tapStepX: i32;
  pixelTapStepY: i32;
  pixelTapStepX: i32;
  /** 1: a tap's weights are [column][channel]; 0: [channel][column]. */
  transposed: i32;
  /** Output columns of a grid position: a block of `groups` rows of pixels, `groupColumns` floats in each; one pixel unless sums are short. */
  columns: i32;
  groups: i32;
  groupColumns: i32;
  destinationHeight: i32;
  destinationWidth: i32;
  destinationChannels: i32;
  destinationStepY: i32;
  destinationStepX: i32;
  destinationOffsetY: i32;
  destinationOffsetX: i32;
  /** An Epilogue's fields. */
  bias: usize;
  slopes: usize;
  activation: i32;
  alpha: f32;
}

/** The gradient of a convolution's filter [filterHeight, filterWidth, inChannels, outChannels], the sum over positions split into slices. */
@unmanaged
export class FilterGradientJob {
  tiles: i32;
  columnTiles: i32;
  columnsPerTile: i32;
  /** Filter rows in one tile; more than one only where a whole filter row is narrow. */
  filterRowsPerTile: i32;
  /** A filter row [filterWidth · inChannels] is cut into `segments` of `segmentLength`, each into parts of `partLength`. */
  segments: i32;
  segmentLength: i32;
  parts: i32;
  partLength: i32;
  slices: i32;
  /** 1: rows of the image are copied and read there; 0: positions are packed. */
  copiesRows: i32;
  image: usize;
  gradient: usize;
  /** Slice s is written at destination + s · sliceFloats · 4. */
  destination: usize;
  sliceFloats: i32;
  batch: i32;
  inHeight: i32;
  inWidth: i32;
  inChannels: i32;
  outHeight: i32;
  outWidth: i32;
  outChannels: i32;
  filterHeight: i32;
  filterWidth: i32;
  strideY: i32;
  strideX: i32;
  padTop: i32;
  padLeft: i32;
}

/** destination[i] = Σ slices[s][i], s ascending. */
@unmanaged
export class SumSlicesJob {
  tiles: i32;
  slices: usize;
  destination: usize;
  count: i32;
  sliceCount: i32;
  floatsPerTile: i32;
}

/**
 * Work on a matrix [rows, channels], `rowsPerTile` rows at a time. Vectors [channels] hold one float per channel. Each operation
 * documents its use of the fields.
 */
@unmanaged
export class ChannelsJob {
  /** Of all groups together. */
  tiles: i32;
  /** Of one group. */
  rows: i32;
  channels: i32;
  rowsPerTile: i32;
  /** Blocks of rows, each with vectors (mean, variance, scale, ...) of its own, which lie one after the other. */
  groups: i32;
  tilesPerGroup: i32;
  x: usize;
  y: usize;
  dy: usize;
  /** Two vectors per tile. */
  partials: usize;
  mean: usize;
  variance: usize;
  gamma: usize;
  beta: usize;
  scale: usize;
  shift: usize;
  gradientScale: usize;
  centredScale: usize;
  gradientShift: usize;
  dGamma: usize;
  dBeta: usize;
  epsilon: f32;
  /** The factor that the activation applies to negative values: 0 relu, 1 linear. */
  slope: f32;
  /** 1: the activation is tanh instead. */
  tanh: i32;
  /** How many times the channels are repeated, so that few of them fill whole vectors. */
  copies: i32;
  /** What sums of columns are divided by. */
  divisor: i32;
}

/** destination = a + b, a - b or a · b, element by element. */
@unmanaged
export class AddJob {
  tiles: i32;
  floatsPerTile: i32;
  count: i32;
  /** 0: sum, 1: difference, 2: product. */
  kind: i32;
  /** 1: b is one number. */
  isScalar: i32;
  a: usize;
  b: usize;
  destination: usize;
}

/** Some floats of one variable's step of an optimiser. */
@unmanaged
export class OptimizerJob {
  tiles: i32;
  floatsPerTile: i32;
  count: i32;
  value: usize;
  gradient: usize;
  first: usize;
  second: usize;
  /** An OptimizerNumbers, which all variables share. */
  numbers: usize;
}

/** The numbers of an optimiser's step. */
@unmanaged
export class OptimizerNumbers {
  beta1: f32;
  beta2: f32;
  stepSize: f32;
  epsilon: f32;
}

/**
 * Patches of images [batch, sourceHeight, sourceWidth, sourceChannels] and their values at Winograd's points; see winograd-data.ts. A job
 * that has them repeats these fields.
 */
@unmanaged
export class WinogradPatches {
  /** As numbered in winograd-data.ts. */
  kind: i32;
  /** The first pixel of the first patch; negative where there is padding. */
  originY: i32;
  originX: i32;
  source: usize;
  sourceHeight: i32;
  sourceWidth: i32;
  sourceChannels: i32;
  /** In all, and along the axes of one image. */
  patches: i32;
  patchRows: i32;
  patchColumns: i32;
  /** Patches of a block, and channels of a panel. */
  blockPatches: i32;
  panelChannels: i32;
  /** The transformed patches, [block][panel]; 0: a tile transforms those that it needs. */
  data: usize;
}

/** Transforms patches. */
@unmanaged
export class WinogradDataJob {
  tiles: i32;
  kind: i32;
  originY: i32;
  originX: i32;
  source: usize;
  sourceHeight: i32;
  sourceWidth: i32;
  sourceChannels: i32;
  patches: i32;
  patchRows: i32;
  patchColumns: i32;
  blockPatches: i32;
  panelChannels: i32;
  data: usize;
}

/** Products of transformed patches and filters, transformed back to an image [batch, height, width, columns]; a tile is some columns of a block. */
@unmanaged
export class WinogradProductJob {
  tiles: i32;
  /** Phases of an axis: the stride. */
  phases: i32;
  columnTiles: i32;
  columnsPerTile: i32;
  columns: i32;
  /** The filter [taps, taps, inChannels, outChannels]; 1: the product is an input gradient, which meets the taps in reverse. */
  weights: usize;
  isInputGradient: i32;
  /** All of it transformed, as winograd-filters.ts lays it out; 0: a tile transforms what it needs. */
  filters: usize;
  destination: usize;
  height: i32;
  width: i32;
  kind: i32;
  originY: i32;
  originX: i32;
  source: usize;
  sourceHeight: i32;
  sourceWidth: i32;
  sourceChannels: i32;
  patches: i32;
  patchRows: i32;
  patchColumns: i32;
  blockPatches: i32;
  panelChannels: i32;
  data: usize;
  bias: usize;
  slopes: usize;
  activation: i32;
  alpha: f32;
}

/** The gradient of a filter [taps, taps, sourceChannels, columns] from patches of an image and gradients [batch, height, width, columns]. */
@unmanaged
export class WinogradFilterJob {
  tiles: i32;
  phases: i32;
  columnTiles: i32;
  channelTiles: i32;
  columnsPerTile: i32;
  columns: i32;
  /** The blocks are summed in `slices` parts; part s is written at destination + s · sliceFloats · 4. */
  slices: i32;
  sliceFloats: i32;
  destination: usize;
  gradient: usize;
  height: i32;
  width: i32;
  /** Transformed gradients, in panels of TILE_COLUMNS channels; 0: a tile transforms those that it needs. */
  gradientData: usize;
  kind: i32;
  originY: i32;
  originX: i32;
  source: usize;
  sourceHeight: i32;
  sourceWidth: i32;
  sourceChannels: i32;
  patches: i32;
  patchRows: i32;
  patchColumns: i32;
  blockPatches: i32;
  panelChannels: i32;
  data: usize;
}

/** Pooling over [batch, depth, height, width, channels], or its gradient; a tile is some channels of one image. */
@unmanaged
export class PoolingJob {
  tiles: i32;
  channelTiles: i32;
  channelsPerTile: i32;
  channels: i32;
  x: usize;
  /** The output itself, or the gradient at it. */
  dy: usize;
  dx: usize;
  inDepth: i32;
  inHeight: i32;
  inWidth: i32;
  outDepth: i32;
  outHeight: i32;
  outWidth: i32;
  filterDepth: i32;
  filterHeight: i32;
  filterWidth: i32;
  strideZ: i32;
  strideY: i32;
  strideX: i32;
  padFront: i32;
  padTop: i32;
  padLeft: i32;
}

/** A depthwise convolution or one of its gradients, which then takes the place of x or the filter. */
@unmanaged
export class DepthwiseJob {
  tiles: i32;
  channelTiles: i32;
  channelsPerTile: i32;
  x: usize;
  filter: usize;
  y: usize;
  batch: i32;
  inHeight: i32;
  inWidth: i32;
  channels: i32;
  /** Filters of a channel. */
  multiplier: i32;
  outHeight: i32;
  outWidth: i32;
  filterHeight: i32;
  filterWidth: i32;
  strideY: i32;
  strideX: i32;
  dilationY: i32;
  dilationX: i32;
  padTop: i32;
  padLeft: i32;
}

/** The gradient at the input of a convolution over [batch, depth, height, width, channels]. */
@unmanaged
export class Convolution3DJob {
  tiles: i32;
  dy: usize;
  filter: usize;
  dx: usize;
  inDepth: i32;
  inHeight: i32;
  inWidth: i32;
  inChannels: i32;
  outDepth: i32;
  outHeight: i32;
  outWidth: i32;
  outChannels: i32;
  filterDepth: i32;
  filterHeight: i32;
  filterWidth: i32;
  strideZ: i32;
  strideY: i32;
  strideX: i32;
  padFront: i32;
  padTop: i32;
  padLeft: i32;
}

/** destination[s] = Σ of the rows whose id is s. */
@unmanaged
export class SegmentSumJob {
  tiles: i32;
  segmentsPerTile: i32;
  segments: i32;
  rows: usize;
  ids: usize;
  destination: usize;
  rowCount: i32;
  columns: i32;
  /** 1: the values are int32, else float32. */
  integers: i32;
}

/** destination = x within [low, high], value by value. */
@unmanaged
export class ClipJob {
  tiles: i32;
  floatsPerTile: i32;
  count: i32;
  x: usize;
  destination: usize;
  low: f32;
  high: f32;
}

/** The step between a product's sums and memory: activation(sum + bias). A job that has one ends in these fields. */
@unmanaged
export class Epilogue {
  /** One float per column; 0: none. */
  bias: usize;
  /** prelu's slopes, one float per column. */
  slopes: usize;
  /** As numbered in epilogue.ts. */
  activation: i32;
  /** leakyRelu's slope. */
  alpha: f32;
}

/** Products of matrices, destination[i] = activation(a[i] · b[i] + bias), each [rows, depth] · [depth, columns]. */
@unmanaged
export class MatMulJob {
  tiles: i32;
  rowTiles: i32;
  columnTiles: i32;
  rowsPerTile: i32;
  columnsPerTile: i32;
  rows: i32;
  columns: i32;
  depth: i32;
  /** The depth is summed in `slices` parts; part s is written at destination + s · sliceFloats · 4. */
  slices: i32;
  sliceFloats: i32;
  /** 1: a is stored as [depth, rows], b as [columns, depth]. */
  transposeA: i32;
  transposeB: i32;
  a: usize;
  b: usize;
  destination: usize;
  /** Where each product's a and b begin: pairs of i32, in floats from `a` and `b`. */
  offsets: usize;
  bias: usize;
  slopes: usize;
  activation: i32;
  alpha: f32;
}

/** values = activation(values + bias), a matrix [rows, columns], in place. */
@unmanaged
export class FinishJob {
  tiles: i32;
  rowsPerTile: i32;
  rows: i32;
  columns: i32;
  values: usize;
  bias: usize;
  slopes: usize;
  activation: i32;
  alpha: f32;
}

/** Some floats of one variable's step of one of TensorFlow.js' optimisers; see stock-optimizers.ts. */
@unmanaged
export class StockOptimizerJob {
  tiles: i32;
  floatsPerTile: i32;
  count: i32;
  rule: i32;
  value: usize;
  gradient: usize;
  first: usize;
  second: usize;
  third: usize;
  /** A StockOptimizerNumbers, which all variables share. */
  numbers: usize;
}

/** The numbers of a step of one of TensorFlow.js' optimisers. */
@unmanaged
export class StockOptimizerNumbers {
  learningRate: f32;
  decay: f32;
  momentum: f32;
  epsilon: f32;
}

/** destination = dy where x lies within the limits of clipping, 0 elsewhere. */
@unmanaged
export class ClipGradientJob {
  tiles: i32;
  floatsPerTile: i32;
  count: i32;
  x: usize;
  dy: usize;
  destination: usize;
  low: f32;
  high: f32;
  /** 1: x = low does not count, as for relu. */
  leavesOutLow: i32;
}

/** Copies rows of bytes that lie apart; the last one may be shorter. */
@unmanaged
export class CopyJob {
  tiles: i32;
  rowsPerTile: i32;
  rows: i32;
  rowBytes: usize;
  /** Of all rows together. */
  bytes: usize;
  /** Bytes from one row to the next. */
  sourcePitch: usize;
  destinationPitch: usize;
  source: usize;
  destination: usize;
}

/** Σ |x - target| / period, and its gradient dx = sign(x - target) · dy / period. */
@unmanaged
export class AbsoluteErrorJob {
  tiles: i32;
  floatsPerTile: i32;
  count: i32;
  /** Floats of the target, which repeats. */
  period: i32;
  x: usize;
  target: usize;
  /** A float64 per tile. */
  partials: usize;
  /** The gradient of the result, one number. */
  dy: usize;
  /** The result, or dx. */
  destination: usize;
}

/** An entry of a recording: some jobs of one operation, or a call on the main thread. See replay.ts. */
@unmanaged
export class RecordedEntry {
  /** -1: a call. */
  operation: i32;
  /** The first job, or the call's number. */
  job: usize;
  jobs: i32;
  /** Of all jobs; 1 for a call. */
  tiles: i32;
  /** How many of the recording's first entries must have ended before this one begins. */
  after: i32;
  /** Tiles that threads have taken, and have run. */
  taken: i32;
  ended: i32;
  unused: i32;
}
