// Depthwise convolution: every input channel has its own `multiplier` filters. A tile is one row of an image, or, for the filter's
// gradient, some channels of one tap. Four channels are computed at once where each has one filter.
import { rowsAt } from './blocking';
import { DepthwiseJob } from './jobs';
import { clearFloats } from './vector';

/** to[c · m + q] += a[c] · b[c · m + q] for `count` channels c and their m filters q. */
function addProducts(to: usize, a: usize, b: usize, count: i32, multiplier: i32): void {
  if (multiplier == 1) return addPairs(to, a, b, count);
  for (let c = 0; c < count; c++, a += 4) {
    for (let q = 0; q < multiplier; q++, to += 4, b += 4) store<f32>(to, load<f32>(to) + load<f32>(a) * load<f32>(b));
  }
}

/** to[i] += a[i] · b[i]. */
function addPairs(to: usize, a: usize, b: usize, count: i32): void {
  let i: usize = 0;
  const end = (<usize>count) << 2;
  for (; i + 16 <= end; i += 16) {
    v128.store(to + i, f32x4.add(v128.load(to + i), f32x4.mul(v128.load(a + i), v128.load(b + i))));
  }
  for (; i < end; i += 4) store<f32>(to + i, load<f32>(to + i) + load<f32>(a + i) * load<f32>(b + i));
}

/** to[c] += Σ over q of a[c · m + q] · b[c · m + q]. */
function addSums(to: usize, a: usize, b: usize, count: i32, multiplier: i32): void {
  if (multiplier == 1) return addPairs(to, a, b, count);
  for (let c = 0; c < count; c++, to += 4) {
    let sum = load<f32>(to);
    for (let q = 0; q < multiplier; q++, a += 4, b += 4) sum += load<f32>(a) * load<f32>(b);
    store<f32>(to, sum);
  }
}

function inputAt(base: usize, job: DepthwiseJob, image: i32, y: i32, x: i32): usize {
  return base + <usize>((image * job.inHeight + y) * job.inWidth + x) * ((<usize>job.channels) << 2);
}

function outputAt(base: usize, job: DepthwiseJob, image: i32, y: i32, x: i32): usize {
  return base + <usize>((image * job.outHeight + y) * job.outWidth + x) * ((<usize>(job.channels * job.multiplier)) << 2);
}

/** A row of y. */
export function depthwiseTile(job: DepthwiseJob, tile: i32): void {
  const image = tile / job.outHeight;
  const outY = tile % job.outHeight;
  const filterBytes = (<usize>(job.channels * job.multiplier)) << 2;
  clearFloats(outputAt(job.y, job, image, outY, 0), job.outWidth * job.channels * job.multiplier);
  for (let outX = 0; outX < job.outWidth; outX++) {
    const to = outputAt(job.y, job, image, outY, outX);
    for (let tapY = 0; tapY < job.filterHeight; tapY++) {
      const y = outY * job.strideY + tapY * job.dilationY - job.padTop;
      if (y < 0 || y >= job.inHeight) continue;
      for (let tapX = 0; tapX < job.filterWidth; tapX++) {
        const x = outX * job.strideX + tapX * job.dilationX - job.padLeft;
        if (x < 0 || x >= job.inWidth) continue;
        const weights = job.filter + <usize>(tapY * job.filterWidth + tapX) * filterBytes;
        addProducts(to, inputAt(job.x, job, image, y, x), weights, job.channels, job.multiplier);
      }
    }
  }
}

/** The output along one axis that a tap connects to input `at`; -1 if there is none. */
function outputOf(at: i32, tap: i32, stride: i32, dilation: i32, pad: i32, size: i32): i32 {
  const scaled = at + pad - tap * dilation;
  if (scaled < 0 || scaled % stride != 0) return -1;
  const output = scaled / stride;
  return output < size ? output : -1;
}

/** A row of the input's gradient, in the place of x. */
export function depthwiseInputGradientTile(job: DepthwiseJob, tile: i32): void {
  const image = tile / job.inHeight;
  const y = tile % job.inHeight;
  const filterBytes = (<usize>(job.channels * job.multiplier)) << 2;
  clearFloats(inputAt(job.x, job, image, y, 0), job.inWidth * job.channels);
  for (let tapY = 0; tapY < job.filterHeight; tapY++) {
    const outY = outputOf(y, tapY, job.strideY, job.dilationY, job.padTop, job.outHeight);
    if (outY < 0) continue;
    for (let x = 0; x < job.inWidth; x++) {
      const to = inputAt(job.x, job, image, y, x);
      for (let tapX = 0; tapX < job.filterWidth; tapX++) {
        const outX = outputOf(x, tapX, job.strideX, job.dilationX, job.padLeft, job.outWidth);
        if (outX < 0) continue;
        const weights = job.filter + <usize>(tapY * job.filterWidth + tapX) * filterBytes;
        addSums(to, outputAt(job.y, job, image, outY, outX), weights, job.channels, job.multiplier);
      }
    }
  }
}

/** Some channels of one tap of the filter's gradient, in the place of the filter. Rows are summed separately, so long sums stay exact. */
export function depthwiseFilterGradientTile(job: DepthwiseJob, tile: i32, scratch: usize): void {
  const tap = tile / job.channelTiles;
  const first = (tile % job.channelTiles) * job.channelsPerTile;
  const channels = min(job.channelsPerTile, job.channels - first);
  const tapY = tap / job.filterWidth;
  const tapX = tap % job.filterWidth;
  const count = channels * job.multiplier;
  const firstInput = (<usize>first) << 2;
  const firstOutput = firstInput * <usize>job.multiplier;
  const total = job.filter + ((<usize>(tap * job.channels * job.multiplier)) << 2) + firstOutput;
  const row = rowsAt(scratch);
  clearFloats(total, count);
  for (let image = 0; image < job.batch; image++) {
    for (let outY = 0; outY < job.outHeight; outY++) {
      const y = outY * job.strideY + tapY * job.dilationY - job.padTop;
      if (y < 0 || y >= job.inHeight) continue;
      clearFloats(row, count);
      for (let outX = 0; outX < job.outWidth; outX++) {
        const x = outX * job.strideX + tapX * job.dilationX - job.padLeft;
        if (x < 0 || x >= job.inWidth) continue;
        const from = inputAt(job.x, job, image, y, x) + firstInput;
        addProducts(row, from, outputAt(job.y, job, image, outY, outX) + firstOutput, channels, job.multiplier);
      }
      for (let i: usize = 0; i < (<usize>count) << 2; i += 4) store<f32>(total + i, load<f32>(total + i) + load<f32>(row + i));
    }
  }
}
