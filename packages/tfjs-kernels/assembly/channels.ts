// Operations on a matrix [rows, channels]: batch normalisation and bias, each with its activation, and their gradients. Tiles are rows;
// their number depends only on the shape. Four channels are computed at once, the last `channels % 4` one by one with the same formulas.
import { ChannelsJob } from './jobs';
import { clearFloats, loadPart, multiplyAdd, storePart, tanhVector } from './vector';

function firstRow(job: ChannelsJob, tile: i32): i32 {
  return tile * job.rowsPerTile;
}

function endRow(job: ChannelsJob, tile: i32): i32 {
  return min(job.rows, (tile + 1) * job.rowsPerTile);
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

/** Partials of a tile: the mean of its rows, and the sum of squared distances from it (two passes over rows that stay in the cache). */
export function batchNormStatisticsTile(job: ChannelsJob, tile: i32): void {
  const from = firstRow(job, tile);
  const end = endRow(job, tile);
  const bytes = (<usize>job.channels) << 2;
  const vectorBytes = bytes & ~15;
  const means = partialsOf(job, tile);
  const squares = means + bytes;
  clearFloats(means, 2 * job.channels);
  const start = job.x + rowOffset(job, from);
  const stop = job.x + rowOffset(job, end);
  for (let x = start; x != stop; x += bytes) {
    let c: usize = 0;
    for (; c < vectorBytes; c += 16) v128.store(means + c, f32x4.add(v128.load(means + c), v128.load(x + c)));
    for (; c < bytes; c += 4) store<f32>(means + c, load<f32>(means + c) + load<f32>(x + c));
  }
  const inverseCount: f32 = 1 / <f32>(end - from);
  for (let c: usize = 0; c < bytes; c += 4) store<f32>(means + c, load<f32>(means + c) * inverseCount);
  for (let x = start; x != stop; x += bytes) {
    let c: usize = 0;
    for (; c < vectorBytes; c += 16) {
      const d = f32x4.sub(v128.load(x + c), v128.load(means + c));
      v128.store(squares + c, multiplyAdd(d, d, v128.load(squares + c)));
    }
    for (; c < bytes; c += 4) {
      const d = load<f32>(x + c) - load<f32>(means + c);
      store<f32>(squares + c, load<f32>(squares + c) + d * d);
    }
  }
}

/** Joins the tiles' statistics (Chan et al., 1979), in the order of the tiles, into `mean` and the biased `variance`. */
export function mergeStatistics(job: ChannelsJob): void {
  const channels = job.channels;
  for (let c = 0; c < channels; c++) {
    let count: f64 = 0;
    let mean: f64 = 0;
    let squares: f64 = 0;
    let address = job.partials + ((<usize>c) << 2);
    for (let tile = 0; tile < job.tiles; tile++, address += (<usize>channels) << 3) {
      const tileCount = <f64>(endRow(job, tile) - firstRow(job, tile));
      const delta = <f64>load<f32>(address) - mean;
      const total = count + tileCount;
      mean += (delta * tileCount) / total;
      squares += <f64>load<f32>(address + ((<usize>channels) << 2)) + (delta * delta * count * tileCount) / total;
      count = total;
    }
    store<f32>(job.mean + ((<usize>c) << 2), <f32>mean);
    store<f32>(job.variance + ((<usize>c) << 2), <f32>(squares / count));
  }
}

/** scale = gamma / √(variance + epsilon), shift = beta - mean · scale. */
export function normalisationScale(job: ChannelsJob): void {
  for (let c: usize = 0; c < (<usize>job.channels) << 2; c += 4) {
    const scale = load<f32>(job.gamma + c) / sqrt<f32>(load<f32>(job.variance + c) + job.epsilon);
    store<f32>(job.scale + c, scale);
    store<f32>(job.shift + c, load<f32>(job.beta + c) - load<f32>(job.mean + c) * scale);
  }
}

/** y = activation(x · scale + shift). */
export function scaleShiftActivationTile(job: ChannelsJob, tile: i32): void {
  const bytes = (<usize>job.channels) << 2;
  const vectorBytes = bytes & ~15;
  const slope = f32x4.splat(job.slope);
  const scale = job.scale;
  const shift = job.shift;
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
  const vectorBytes = bytes & ~15;
  const slope = f32x4.splat(job.slope);
  const scale = job.scale;
  const shift = job.shift;
  const mean = job.mean;
  const sums = partialsOf(job, tile);
  const weighted = sums + bytes;
  clearFloats(sums, 2 * job.channels);
  let dy = job.dy + rowOffset(job, firstRow(job, tile));
  const stop = job.x + rowOffset(job, endRow(job, tile));
  for (let x = job.x + rowOffset(job, firstRow(job, tile)); x != stop; x += bytes, dy += bytes) {
    let c: usize = 0;
    for (; c < vectorBytes; c += 16) {
      const value = v128.load(x + c);
      const signal = multiplyAdd(value, v128.load(scale + c), v128.load(shift + c));
      const g = leakyGradient(v128.load(dy + c), signal, slope);
      v128.store(sums + c, f32x4.add(v128.load(sums + c), g));
      v128.store(weighted + c, multiplyAdd(g, f32x4.sub(value, v128.load(mean + c)), v128.load(weighted + c)));
    }
    for (; c < bytes; c += 4) {
      const value = load<f32>(x + c);
      const g = leakyGradientScalar(load<f32>(dy + c), value * load<f32>(scale + c) + load<f32>(shift + c), job.slope);
      store<f32>(sums + c, load<f32>(sums + c) + g);
      store<f32>(weighted + c, load<f32>(weighted + c) + g * (value - load<f32>(mean + c)));
    }
  }
}

/**
 * Joins the tiles' sums into dBeta = Σ g and dGamma = Σ g·x̂, and prepares
 * dx = gamma/σ · (g - Σg/n - (x - mean)/σ² · Σg(x - mean)/n) = gradientScale · g + centredScale · (x - mean) + gradientShift.
 */
export function mergeGradientSums(job: ChannelsJob): void {
  const channels = job.channels;
  const rows = <f64>job.rows;
  for (let c = 0; c < channels; c++) {
    let sum: f64 = 0;
    let weighted: f64 = 0;
    let address = job.partials + ((<usize>c) << 2);
    for (let tile = 0; tile < job.tiles; tile++, address += (<usize>channels) << 3) {
      sum += <f64>load<f32>(address);
      weighted += <f64>load<f32>(address + ((<usize>channels) << 2));
    }
    const o = (<usize>c) << 2;
    const inverseVariance = 1 / (<f64>load<f32>(job.variance + o) + <f64>job.epsilon);
    const inverseDeviation = Math.sqrt(inverseVariance);
    const gradientScale = <f64>load<f32>(job.gamma + o) * inverseDeviation;
    store<f32>(job.dBeta + o, <f32>sum);
    store<f32>(job.dGamma + o, <f32>(weighted * inverseDeviation));
    store<f32>(job.gradientScale + o, <f32>gradientScale);
    store<f32>(job.centredScale + o, <f32>((-gradientScale * inverseVariance * weighted) / rows));
    store<f32>(job.gradientShift + o, <f32>((-gradientScale * sum) / rows));
  }
}

/** Writes dx to y, from the numbers that mergeGradientSums prepared. */
export function batchNormGradientTile(job: ChannelsJob, tile: i32): void {
  const bytes = (<usize>job.channels) << 2;
  const vectorBytes = bytes & ~15;
  const slope = f32x4.splat(job.slope);
  const scale = job.scale;
  const shift = job.shift;
  const mean = job.mean;
  const gradientScale = job.gradientScale;
  const centredScale = job.centredScale;
  const gradientShift = job.gradientShift;
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
    for (let c: usize = 0; c < bytes; c += 16) {
      const present = min((<i32>(bytes - c)) >> 2, 4);
      const v = f32x4.add(loadPart(x + c, present), loadPart(job.shift + c, present));
      storePart(y + c, job.tanh ? tanhVector(v) : leaky(v, slope), present);
    }
  }
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
