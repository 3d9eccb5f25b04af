// Pooling and its gradients over [batch, depth, height, width, channels]; a picture's depth is 1. A tile is some
// channels of one image, so that windows that overlap add to the same input from one thread, in one order. Padding is ignored.
import { sumsAt, tableAt } from './blocking';
import { PoolingJob } from './jobs';

/** The inputs that one output pools: [zFrom, zTo) × [yFrom, yTo) × [xFrom, xTo) of an image. */
@unmanaged
class Window {
  zFrom: i32;
  zTo: i32;
  yFrom: i32;
  yTo: i32;
  xFrom: i32;
  xTo: i32;
  /** Addresses of the image's first channel of the tile, in x and in dx. */
  x: usize;
  dx: usize;
  /** Bytes from an input to its neighbours. */
  zPitch: usize;
  yPitch: usize;
  xPitch: usize;
}

function describeTile(job: PoolingJob, tile: i32, window: Window): void {
  window.xPitch = (<usize>job.channels) << 2;
  window.yPitch = <usize>job.inWidth * window.xPitch;
  window.zPitch = <usize>job.inHeight * window.yPitch;
  const image = <usize>(tile / job.channelTiles) * <usize>job.inDepth * window.zPitch;
  const channel = (<usize>firstChannel(job, tile)) << 2;
  window.x = job.x + image + channel;
  window.dx = job.dx + image + channel;
}

function firstChannel(job: PoolingJob, tile: i32): i32 {
  return (tile % job.channelTiles) * job.channelsPerTile;
}

function channelsOf(job: PoolingJob, tile: i32): i32 {
  return min(job.channelsPerTile, job.channels - firstChannel(job, tile));
}

/** Address of the tile's first channel of an image's output `position`. */
function outputAt(base: usize, job: PoolingJob, tile: i32, position: i32): usize {
  const outputs = job.outDepth * job.outHeight * job.outWidth;
  const pixel = <usize>(tile / job.channelTiles) * <usize>outputs + <usize>position;
  return base + ((pixel * <usize>job.channels + <usize>firstChannel(job, tile)) << 2);
}

function moveTo(job: PoolingJob, position: i32, window: Window): void {
  const z = (position / (job.outWidth * job.outHeight)) * job.strideZ - job.padFront;
  const y = ((position / job.outWidth) % job.outHeight) * job.strideY - job.padTop;
  const x = (position % job.outWidth) * job.strideX - job.padLeft;
  window.zFrom = max(0, z);
  window.zTo = min(job.inDepth, z + job.filterDepth);
  window.yFrom = max(0, y);
  window.yTo = min(job.inHeight, y + job.filterHeight);
  window.xFrom = max(0, x);
  window.xTo = min(job.inWidth, x + job.filterWidth);
}

function inputsIn(window: Window): i32 {
  const depth = max(0, window.zTo - window.zFrom);
  return depth * max(0, window.yTo - window.yFrom) * max(0, window.xTo - window.xFrom);
}

function offsetOf(window: Window, z: i32, y: i32, x: i32): usize {
  return <usize>z * window.zPitch + <usize>y * window.yPitch + <usize>x * window.xPitch;
}

/** y: the mean of each window's inputs; 0 where it lies in padding alone. */
export function averagePoolTile(job: PoolingJob, tile: i32, scratch: usize): void {
  const window = changetype<Window>(tableAt(scratch));
  describeTile(job, tile, window);
  const channels = channelsOf(job, tile);
  const outputs = job.outDepth * job.outHeight * job.outWidth;
  for (let position = 0; position < outputs; position++) {
    moveTo(job, position, window);
    const share: f32 = <f32>1 / <f32>max(1, inputsIn(window));
    const to = outputAt(job.dy, job, tile, position);
    memory.fill(to, 0, (<usize>channels) << 2);
    addWindow(window, to, channels);
    for (let c = 0; c < channels; c++) {
      const at = to + ((<usize>c) << 2);
      store<f32>(at, load<f32>(at) * share);
    }
  }
}

/** y: the largest of each window's inputs; NaN is none. */
export function maxPoolTile(job: PoolingJob, tile: i32, scratch: usize): void {
  const window = changetype<Window>(tableAt(scratch));
  describeTile(job, tile, window);
  const channels = channelsOf(job, tile);
  const outputs = job.outDepth * job.outHeight * job.outWidth;
  for (let position = 0; position < outputs; position++) {
    moveTo(job, position, window);
    const to = outputAt(job.dy, job, tile, position);
    for (let c = 0; c < channels; c++) store<f32>(to + ((<usize>c) << 2), -Infinity);
    for (let z = window.zFrom; z < window.zTo; z++) {
      for (let y = window.yFrom; y < window.yTo; y++) {
        for (let x = window.xFrom; x < window.xTo; x++) keepLargest(to, window.x + offsetOf(window, z, y, x), channels);
      }
    }
  }
}

/** to = from wherever that is larger. */
function keepLargest(to: usize, from: usize, count: i32): void {
  let i: usize = 0;
  const end = (<usize>count) << 2;
  for (; i + 16 <= end; i += 16) v128.store(to + i, f32x4.pmax(v128.load(to + i), v128.load(from + i)));
  for (; i < end; i += 4) if (load<f32>(from + i) > load<f32>(to + i)) store<f32>(to + i, load<f32>(from + i));
}

function addWindow(window: Window, to: usize, channels: i32): void {
  for (let z = window.zFrom; z < window.zTo; z++) {
    for (let y = window.yFrom; y < window.yTo; y++) {
      for (let x = window.xFrom; x < window.xTo; x++) addScaled(to, window.x + offsetOf(window, z, y, x), 1, channels);
    }
  }
}

/** to += factor · from. */
function addScaled(to: usize, from: usize, factor: f32, count: i32): void {
  const factors = f32x4.splat(factor);
  let i: usize = 0;
  const end = (<usize>count) << 2;
  for (; i + 16 <= end; i += 16) v128.store(to + i, f32x4.add(v128.load(to + i), f32x4.mul(v128.load(from + i), factors)));
  for (; i < end; i += 4) store<f32>(to + i, load<f32>(to + i) + load<f32>(from + i) * factor);
}

function clearInputs(job: PoolingJob, window: Window, channels: i32): void {
  const inputs = job.inDepth * job.inHeight * job.inWidth;
  let to = window.dx;
  for (let i = 0; i < inputs; i++, to += window.xPitch) memory.fill(to, 0, (<usize>channels) << 2);
}

/** dx: every input of a window gets an equal share of its output's gradient. */
export function averagePoolGradientTile(job: PoolingJob, tile: i32, scratch: usize): void {
  const window = changetype<Window>(tableAt(scratch));
  describeTile(job, tile, window);
  const channels = channelsOf(job, tile);
  clearInputs(job, window, channels);
  const outputs = job.outDepth * job.outHeight * job.outWidth;
  for (let position = 0; position < outputs; position++) {
    moveTo(job, position, window);
    const share: f32 = <f32>1 / <f32>inputsIn(window);
    const from = outputAt(job.dy, job, tile, position);
    for (let z = window.zFrom; z < window.zTo; z++) {
      for (let y = window.yFrom; y < window.yTo; y++) {
        for (let x = window.xFrom; x < window.xTo; x++) addScaled(window.dx + offsetOf(window, z, y, x), from, share, channels);
      }
    }
  }
}

/** dx: the first largest input of a window gets its output's gradient; none does where all are NaN. */
export function maxPoolGradientTile(job: PoolingJob, tile: i32, scratch: usize): void {
  const window = changetype<Window>(tableAt(scratch));
  describeTile(job, tile, window);
  const channels = channelsOf(job, tile);
  const largest = sumsAt(scratch);
  const winners = largest + ((<usize>channels) << 2);
  clearInputs(job, window, channels);
  const outputs = job.outDepth * job.outHeight * job.outWidth;
  for (let position = 0; position < outputs; position++) {
    moveTo(job, position, window);
    for (let c = 0; c < channels; c++) store<f32>(largest + ((<usize>c) << 2), -Infinity);
    memory.fill(winners, 0, (<usize>channels) << 2);
    findWinners(window, channels, largest, winners);
    rewardWinners(window, channels, winners, outputAt(job.dy, job, tile, position));
  }
}

/** Numbers the taps of a window from 1 and finds the first with the largest input, channel by channel; 0: none. */
function findWinners(window: Window, channels: i32, largest: usize, winners: usize): void {
  let tap = 1;
  for (let z = window.zFrom; z < window.zTo; z++) {
    for (let y = window.yFrom; y < window.yTo; y++) {
      for (let x = window.xFrom; x < window.xTo; x++, tap++) {
        keepWinners(window.x + offsetOf(window, z, y, x), tap, channels, largest, winners);
      }
    }
  }
}

function keepWinners(from: usize, tap: i32, channels: i32, largest: usize, winners: usize): void {
  let i: usize = 0;
  const end = (<usize>channels) << 2;
  for (; i + 16 <= end; i += 16) {
    const value = v128.load(from + i);
    const old = v128.load(largest + i);
    const isLarger = f32x4.gt(value, old);
    v128.store(largest + i, v128.bitselect(value, old, isLarger));
    v128.store(winners + i, v128.bitselect(i32x4.splat(tap), v128.load(winners + i), isLarger));
  }
  for (; i < end; i += 4) {
    if (load<f32>(from + i) <= load<f32>(largest + i) || load<f32>(from + i) != load<f32>(from + i)) continue;
    store<f32>(largest + i, load<f32>(from + i));
    store<i32>(winners + i, tap);
  }
}

/** Adds an output's gradient to the winners. */
function rewardWinners(window: Window, channels: i32, winners: usize, gradient: usize): void {
  let tap = 1;
  for (let z = window.zFrom; z < window.zTo; z++) {
    for (let y = window.yFrom; y < window.yTo; y++) {
      for (let x = window.xFrom; x < window.xTo; x++, tap++) {
        addWhere(window.dx + offsetOf(window, z, y, x), gradient, tap, channels, winners);
      }
    }
  }
}

/** to += from in the channels that `tap` has won. */
function addWhere(to: usize, from: usize, tap: i32, channels: i32, winners: usize): void {
  let i: usize = 0;
  const end = (<usize>channels) << 2;
  for (; i + 16 <= end; i += 16) {
    const own = v128.and(i32x4.eq(v128.load(winners + i), i32x4.splat(tap)), v128.load(from + i));
    v128.store(to + i, f32x4.add(v128.load(to + i), own));
  }
  for (; i < end; i += 4) if (load<i32>(winners + i) == tap) store<f32>(to + i, load<f32>(to + i) + load<f32>(from + i));
}
