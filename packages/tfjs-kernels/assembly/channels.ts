// Operations on matrices [rows, channels], one per group: batch normalisation and bias, each with its activation, and their gradients. Tiles
// are rows of one group; their number depends only on the shape. Four channels are computed at once, the last `channels % 4` one by one with the same formulas.
import { ChannelsJob } from './jobs';
import { clearFloats, loadPart, multiplyAdd, storePart, tanhVector } from './vector';

/** Rows are counted over all groups. */
function firstRow(job: ChannelsJob, tile: i32): i32 {
  const group = tile / job.tilesPerGroup;
  return group * job.rows + (tile - group * job.tilesPerGroup) * job.rowsPerTile;
}

function endRow(job: ChannelsJob, tile: i32): i32 {
  return min((tile / job.tilesPerGroup + 1) * job.rows, firstRow(job, tile) + job.rowsPerTile);
}

/** Offset of a tile's group in the vectors per group. */
function groupOffset(job: ChannelsJob, tile: i32): usize {
  return (<usize>((tile / job.tilesPerGroup) * job.channels)) << 2;
}

function rowOffset(job: ChannelsJob, row: i32): usize {
  return (<usize>(row * job.channels)) << 2;
}

/** The two vectors of partial results of a tile. */
function partialsOf(job: ChannelsJob, tile: i32): usize {
  return job.partials + ((<usize>(tile * job.channels)) << 3);
}

/** v where it is positive, slope · v elsewhere (slope ≤ 1); NaN stays NaN. */
function leaky(v: v128, slope: v128): v128 {
  return f32x4.pmax(v, f32x4.mul(v, slope));
}

function leakyScalar(v: f32, slope: f32): f32 {
  return v < v * slope ? v * slope : v;
}

/** The gradient at the activation's input, where `signal` has that input's sign. */
function leakyGradient(dy: v128, signal: v128, slope: v128): v128 {
  return v128.bitselect(dy, f32x4.mul(dy, slope), f32x4.gt(signal, f32x4.splat(0)));
}

function leakyGradientScalar(dy: f32, signal: f32, slope: f32): f32 {
  return signal > 0 ? dy : dy * slope;
}

/**
 * Partials of a tile: the mean of its rows, and the sum of squared distances from it (two passes over rows that stay in the cache). Eight
 * channels at a time, so that their sums stay in registers.
 */
export function batchNormStatisticsTile(job: ChannelsJob, tile: i32): void {
  const from = firstRow(job, tile);
  const end = endRow(job, tile);
  const bytes = (<usize>job.channels) << 2;
  const means = partialsOf(job, tile);
  const start = job.x + rowOffset(job, from);
  const stop = job.x + rowOffset(job, end);
  const inverseCount: f32 = 1 / <f32>(end - from);
  let c: usize = 0;
  for (; c + 32 <= bytes; c += 32) statisticsOf(16, start + c, stop + c, bytes, means + c, inverseCount);
  for (; c + 16 <= bytes; c += 16) statisticsOf(0, start + c, stop + c, bytes, means + c, inverseCount);
  for (; c < bytes; c += 4) statisticsOfOne(start + c, stop + c, bytes, means + c, inverseCount);
}

/**
 * Of two vectors, `half` bytes apart: 16, or 0 for a single one. The mean goes to `means`, the sum of squares `bytes` further; rows are
 * `bytes` apart.
 */
// @ts-ignore: decorator
@inline
function statisticsOf(half: usize, start: usize, stop: usize, bytes: usize, means: usize, inverseCount: f32): void {
  let a = f32x4.splat(0);
  let b = f32x4.splat(0);
  for (let x = start; x != stop; x += bytes) {
    const first = v128.load(x);
    const second = v128.load(x + half);
    a = f32x4.add(a, first);
    b = f32x4.add(b, second);
  }
  const meanA = f32x4.mul(a, f32x4.splat(inverseCount));
  const meanB = f32x4.mul(b, f32x4.splat(inverseCount));
  v128.store(means, meanA);
  v128.store(means + half, meanB);
  a = f32x4.splat(0);
  b = f32x4.splat(0);
  for (let x = start; x != stop; x += bytes) {
    const first = f32x4.sub(v128.load(x), meanA);
    const second = f32x4.sub(v128.load(x + half), meanB);
    a = multiplyAdd(first, first, a);
    b = multiplyAdd(second, second, b);
  }
  v128.store(means + bytes, a);
  v128.store(means + bytes + half, b);
}

function statisticsOfOne(start: usize, stop: usize, bytes: usize, means: usize, inverseCount: f32): void {
  let sum: f32 = 0;
  for (let x = start; x != stop; x += bytes) sum += load<f32>(x);
  const mean = sum * inverseCount;
  store<f32>(means, mean);
  let squares: f32 = 0;
  for (let x = start; x != stop; x += bytes) {
    const d = load<f32>(x) - mean;
    squares += d * d;
  }
  store<f32>(means + bytes, squares);
}

/** Joins the tiles' statistics (Chan et al., 1979), in the order of the tiles, into each group's `mean` and biased `variance`. */
export function mergeStatistics(job: ChannelsJob): void {
  for (let tile = 0; tile < job.tiles; tile += job.tilesPerGroup) {
    for (let c = 0; c < job.channels; c++) mergeChannelStatistics(job, tile, (<usize>c) << 2);
  }
}

function mergeChannelStatistics(job: ChannelsJob, first: i32, c: usize): void {
  const bytes = (<usize>job.channels) << 2;
  let count: f64 = 0;
  let mean: f64 = 0;
  let squares: f64 = 0;
  let address = partialsOf(job, first) + c;
  for (let tile = first; tile < first + job.tilesPerGroup; tile++, address += 2 * bytes) {
    const tileCount = <f64>(endRow(job, tile) - firstRow(job, tile));
    const delta = <f64>load<f32>(address) - mean;
    const total = count + tileCount;
    mean += (delta * tileCount) / total;
    squares += <f64>load<f32>(address + bytes) + (delta * delta * count * tileCount) / total;
    count = total;
  }
  const o = groupOffset(job, first) + c;
  store<f32>(job.mean + o, <f32>mean);
  store<f32>(job.variance + o, <f32>(squares / count));
}

/** scale = gamma / √(variance + epsilon), shift = beta - mean · scale. */
export function normalisationScale(job: ChannelsJob): void {
  const bytes = (<usize>job.channels) << 2;
  let o: usize = 0;
  for (let group = 0; group < job.groups; group++) {
    for (let c: usize = 0; c < bytes; c += 4, o += 4) {
      const scale = load<f32>(job.gamma + c) / sqrt<f32>(load<f32>(job.variance + o) + job.epsilon);
      store<f32>(job.scale + o, scale);
      store<f32>(job.shift + o, load<f32>(job.beta + c) - load<f32>(job.mean + o) * scale);
    }
  }
}

/** y = activation(x · scale + shift). */
export function scaleShiftActivationTile(job: ChannelsJob, tile: i32): void {
  const bytes = (<usize>job.channels) << 2;
  const vectorBytes = bytes & ~15;
  const slope = f32x4.splat(job.slope);
  const group = groupOffset(job, tile);
  const scale = job.scale + group;
  const shift = job.shift + group;
  let y = job.y + rowOffset(job, firstRow(job, tile));
  const stop = job.x + rowOffset(job, endRow(job, tile));
  for (let x = job.x + rowOffset(job, firstRow(job, tile)); x != stop; x += bytes, y += bytes) {
    let c: usize = 0;
    for (; c < vectorBytes; c += 16) {
      v128.store(y + c, leaky(multiplyAdd(v128.load(x + c), v128.load(scale + c), v128.load(shift + c)), slope));
    }
    for (; c < bytes; c += 4) {
      store<f32>(y + c, leakyScalar(load<f32>(x + c) * load<f32>(scale + c) + load<f32>(shift + c), job.slope));
    }
  }
}

/** Partials of a tile: Σ g and Σ g · (x - mean), where g is the gradient at the activation's input. */
export function batchNormGradientSumsTile(job: ChannelsJob, tile: i32): void {
  const bytes = (<usize>job.channels) << 2;
  let c: usize = 0;
  for (; c + 32 <= bytes; c += 32) gradientSumsOf(16, job, tile, c);
  for (; c + 16 <= bytes; c += 16) gradientSumsOf(0, job, tile, c);
  for (; c < bytes; c += 4) gradientSumsOfOne(job, tile, c);
}

/** Of two vectors of channels from offset `c` on, `half` bytes apart: 16, or 0 for a single one. */
// @ts-ignore: decorator
@inline
function gradientSumsOf(half: usize, job: ChannelsJob, tile: i32, c: usize): void {
  const bytes = (<usize>job.channels) << 2;
  const slope = f32x4.splat(job.slope);
  const group = groupOffset(job, tile) + c;
  const scaleA = v128.load(job.scale + group);
  const scaleB = v128.load(job.scale + group + half);
  const shiftA = v128.load(job.shift + group);
  const shiftB = v128.load(job.shift + group + half);
  const meanA = v128.load(job.mean + group);
  const meanB = v128.load(job.mean + group + half);
  let sumA = f32x4.splat(0);
  let sumB = f32x4.splat(0);
  let weightedA = f32x4.splat(0);
  let weightedB = f32x4.splat(0);
  let dy = job.dy + rowOffset(job, firstRow(job, tile)) + c;
  const stop = job.x + rowOffset(job, endRow(job, tile)) + c;
  for (let x = job.x + rowOffset(job, firstRow(job, tile)) + c; x != stop; x += bytes, dy += bytes) {
    const xA = v128.load(x);
    const xB = v128.load(x + half);
    const gA = leakyGradient(v128.load(dy), multiplyAdd(xA, scaleA, shiftA), slope);
    const gB = leakyGradient(v128.load(dy + half), multiplyAdd(xB, scaleB, shiftB), slope);
    sumA = f32x4.add(sumA, gA);
    sumB = f32x4.add(sumB, gB);
    weightedA = multiplyAdd(gA, f32x4.sub(xA, meanA), weightedA);
    weightedB = multiplyAdd(gB, f32x4.sub(xB, meanB), weightedB);
  }
  const sums = partialsOf(job, tile) + c;
  v128.store(sums, sumA);
  v128.store(sums + half, sumB);
  v128.store(sums + bytes, weightedA);
  v128.store(sums + bytes + half, weightedB);
}

function gradientSumsOfOne(job: ChannelsJob, tile: i32, c: usize): void {
  const bytes = (<usize>job.channels) << 2;
  const group = groupOffset(job, tile) + c;
  const scale = load<f32>(job.scale + group);
  const shift = load<f32>(job.shift + group);
  const mean = load<f32>(job.mean + group);
  let sum: f32 = 0;
  let weighted: f32 = 0;
  let dy = job.dy + rowOffset(job, firstRow(job, tile)) + c;
  const stop = job.x + rowOffset(job, endRow(job, tile)) + c;
  for (let x = job.x + rowOffset(job, firstRow(job, tile)) + c; x != stop; x += bytes, dy += bytes) {
    const value = load<f32>(x);
    const g = leakyGradientScalar(load<f32>(dy), value * scale + shift, job.slope);
    sum += g;
    weighted += g * (value - mean);
  }
  const sums = partialsOf(job, tile) + c;
  store<f32>(sums, sum);
  store<f32>(sums + bytes, weighted);
}

/**
 * Joins the tiles' sums into dBeta = Σ g and dGamma = Σ g·x̂ over all groups, and prepares for each group
 * dx = gamma/σ · (g - Σg/n - (x - mean)/σ² · Σg(x - mean)/n) = gradientScale · g + centredScale · (x - mean) + gradientShift.
 */
export function mergeGradientSums(job: ChannelsJob): void {
  for (let c: usize = 0; c < (<usize>job.channels) << 2; c += 4) {
    let dBeta: f64 = 0;
    let dGamma: f64 = 0;
    for (let tile = 0; tile < job.tiles; tile += job.tilesPerGroup) {
      const o = groupOffset(job, tile) + c;
      const sum = sumOfTiles(job, tile, c);
      const weighted = sumOfTiles(job, tile, c + ((<usize>job.channels) << 2));
      const inverseVariance = 1 / (<f64>load<f32>(job.variance + o) + <f64>job.epsilon);
      const inverseDeviation = Math.sqrt(inverseVariance);
      const gradientScale = <f64>load<f32>(job.gamma + c) * inverseDeviation;
      dBeta += sum;
      dGamma += weighted * inverseDeviation;
      store<f32>(job.gradientScale + o, <f32>gradientScale);
      store<f32>(job.centredScale + o, <f32>((-gradientScale * inverseVariance * weighted) / <f64>job.rows));
      store<f32>(job.gradientShift + o, <f32>((-gradientScale * sum) / <f64>job.rows));
    }
    store<f32>(job.dBeta + c, <f32>dBeta);
    store<f32>(job.dGamma + c, <f32>dGamma);
  }
}

/** The sum of the floats at `offset` in the partials of a group's tiles, from its first tile on. */
function sumOfTiles(job: ChannelsJob, first: i32, offset: usize): f64 {
  let sum: f64 = 0;
  let address = partialsOf(job, first) + offset;
  for (let tile = 0; tile < job.tilesPerGroup; tile++, address += (<usize>job.channels) << 3) sum += <f64>load<f32>(address);
  return sum;
}

/** Writes dx to y, from the numbers that mergeGradientSums prepared. */
export function batchNormGradientTile(job: ChannelsJob, tile: i32): void {
  const bytes = (<usize>job.channels) << 2;
  const vectorBytes = bytes & ~15;
  const slope = f32x4.splat(job.slope);
  const group = groupOffset(job, tile);
  const scale = job.scale + group;
  const shift = job.shift + group;
  const mean = job.mean + group;
  const gradientScale = job.gradientScale + group;
  const centredScale = job.centredScale + group;
  const gradientShift = job.gradientShift + group;
  const start = rowOffset(job, firstRow(job, tile));
  let dy = job.dy + start;
  let y = job.y + start;
  const stop = job.x + rowOffset(job, endRow(job, tile));
  for (let x = job.x + start; x != stop; x += bytes, dy += bytes, y += bytes) {
    let c: usize = 0;
    for (; c < vectorBytes; c += 16) {
      const value = v128.load(x + c);
      const signal = multiplyAdd(value, v128.load(scale + c), v128.load(shift + c));
      const g = leakyGradient(v128.load(dy + c), signal, slope);
      const centred = f32x4.sub(value, v128.load(mean + c));
      const linear = multiplyAdd(centred, v128.load(centredScale + c), v128.load(gradientShift + c));
      v128.store(y + c, multiplyAdd(g, v128.load(gradientScale + c), linear));
    }
    for (; c < bytes; c += 4) {
      const value = load<f32>(x + c);
      const g = leakyGradientScalar(load<f32>(dy + c), value * load<f32>(scale + c) + load<f32>(shift + c), job.slope);
      const linear = (value - load<f32>(mean + c)) * load<f32>(centredScale + c) + load<f32>(gradientShift + c);
      store<f32>(y + c, g * load<f32>(gradientScale + c) + linear);
    }
  }
}

/** y = activation(x + shift). */
export function biasActivationTile(job: ChannelsJob, tile: i32): void {
  const bytes = (<usize>job.channels) << 2;
  const slope = f32x4.splat(job.slope);
  const start = rowOffset(job, firstRow(job, tile));
  const stop = job.x + rowOffset(job, endRow(job, tile));
  let y = job.y + start;
  for (let x = job.x + start; x != stop; x += bytes, y += bytes) {
    let c: usize = 0;
    if (job.tanh) {
      for (; c + 32 <= bytes; c += 32) {
        const first = f32x4.add(v128.load(x + c), v128.load(job.shift + c));
        const second = f32x4.add(v128.load(x + c, 16), v128.load(job.shift + c, 16));
        storePairOfTanh(y + c, first, second);
      }
    }
    for (; c < bytes; c += 16) {
      const present = min((<i32>(bytes - c)) >> 2, 4);
      const v = f32x4.add(loadPart(x + c, present), loadPart(job.shift + c, present));
      storePart(y + c, job.tanh ? tanhVector(v) : leaky(v, slope), present);
    }
  }
}

/** tanh of two vectors, step by step, so that V8 joins them where it can. */
function storePairOfTanh(y: usize, first: v128, second: v128): void {
  const a = tanhVector(first);
  const b = tanhVector(second);
  v128.store(y, a);
  v128.store(y, b, 16);
}

/** Writes to x the gradient at the activation's input, from its output y and gradient dy, and its sums to the tile's first partials. */
export function biasActivationGradientTile(job: ChannelsJob, tile: i32): void {
  const bytes = (<usize>job.channels) << 2;
  const slope = f32x4.splat(job.slope);
  const one = f32x4.splat(1);
  const sums = partialsOf(job, tile);
  clearFloats(sums, 2 * job.channels);
  const start = rowOffset(job, firstRow(job, tile));
  const stop = job.y + rowOffset(job, endRow(job, tile));
  let x = job.x + start;
  let dy = job.dy + start;
  for (let y = job.y + start; y != stop; x += bytes, y += bytes, dy += bytes) {
    for (let c: usize = 0; c < bytes; c += 16) {
      const present = min((<i32>(bytes - c)) >> 2, 4);
      const out = loadPart(y + c, present);
      const dOut = loadPart(dy + c, present);
      const g = job.tanh ? f32x4.mul(dOut, f32x4.sub(one, f32x4.mul(out, out))) : leakyGradient(dOut, out, slope);
      storePart(x + c, g, present);
      storePart(sums + c, f32x4.add(loadPart(sums + c, present), g), present);
    }
  }
}

/** The first partials of a tile: Σ x of its rows. */
export function columnSumsTile(job: ChannelsJob, tile: i32): void {
  const bytes = (<usize>job.channels) << 2;
  const sums = partialsOf(job, tile);
  clearFloats(sums, job.channels);
  const stop = job.x + rowOffset(job, endRow(job, tile));
  for (let x = job.x + rowOffset(job, firstRow(job, tile)); x != stop; x += bytes) {
    for (let c: usize = 0; c < bytes; c += 16) {
      const present = min((<i32>(bytes - c)) >> 2, 4);
      storePart(sums + c, f32x4.add(loadPart(sums + c, present), loadPart(x + c, present)), present);
    }
  }
}

/** Joins the first partials of all tiles, and the copies of a channel, into dBeta, divided by the divisor. */
export function mergeColumnSums(job: ChannelsJob): void {
  const channels = job.channels / job.copies;
  for (let c = 0; c < channels; c++) {
    let sum: f64 = 0;
    for (let tile = 0; tile < job.tiles; tile++) {
      const partials = partialsOf(job, tile);
      for (let copy = c; copy < job.channels; copy += channels) sum += <f64>load<f32>(partials + ((<usize>copy) << 2));
    }
    store<f32>(job.dBeta + ((<usize>c) << 2), <f32>(<f64>(<f32>sum) * (1 / <f64>job.divisor)));
  }
}

/** Writes the copies of a bias, in beta, to shift. */
export function repeatShift(job: ChannelsJob): void {
  const bytes = (<usize>(job.channels / job.copies)) << 2;
  for (let copy = 0; copy < job.copies; copy++) memory.copy(job.shift + <usize>copy * bytes, job.beta, bytes);
}
