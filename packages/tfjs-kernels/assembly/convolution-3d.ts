// The gradient at the input of a convolution over [batch, depth, height, width, channels]; a tile is one row of one image. Every input
// sums over the outputs that it meets, so that nothing needs to be initialised.
import { Convolution3DJob } from './jobs';
import { clearFloats } from './vector';

/** The output along one axis that a tap connects to input `at`; -1 if there is none. */
function outputOf(at: i32, tap: i32, stride: i32, pad: i32, size: i32): i32 {
  const scaled = at + pad - tap;
  if (scaled < 0 || scaled % stride != 0) return -1;
  const output = scaled / stride;
  return output < size ? output : -1;
}

/** A row of dx. */
export function convolution3DInputGradientTile(job: Convolution3DJob, tile: i32): void {
  const y = tile % job.inHeight;
  const z = (tile / job.inHeight) % job.inDepth;
  const image = tile / (job.inHeight * job.inDepth);
  const row = job.dx + <usize>(tile * job.inWidth) * ((<usize>job.inChannels) << 2);
  clearFloats(row, job.inWidth * job.inChannels);
  for (let tapZ = 0; tapZ < job.filterDepth; tapZ++) {
    const outZ = outputOf(z, tapZ, job.strideZ, job.padFront, job.outDepth);
    if (outZ < 0) continue;
    for (let tapY = 0; tapY < job.filterHeight; tapY++) {
      const outY = outputOf(y, tapY, job.strideY, job.padTop, job.outHeight);
      if (outY < 0) continue;
      const outRow = ((image * job.outDepth + outZ) * job.outHeight + outY) * job.outWidth;
      addRow(job, row, outRow, (tapZ * job.filterHeight + tapY) * job.filterWidth);
    }
  }
}

/** Adds the products of a row of taps, starting at `firstTap`, with a row of outputs. */
function addRow(job: Convolution3DJob, row: usize, outRow: i32, firstTap: i32): void {
  const outBytes = (<usize>job.outChannels) << 2;
  const tapBytes = <usize>job.inChannels * outBytes;
  for (let x = 0; x < job.inWidth; x++) {
    for (let tapX = 0; tapX < job.filterWidth; tapX++) {
      const outX = outputOf(x, tapX, job.strideX, job.padLeft, job.outWidth);
      if (outX < 0) continue;
      const from = job.dy + <usize>(outRow + outX) * outBytes;
      let weights = job.filter + <usize>(firstTap + tapX) * tapBytes;
      let to = row + ((<usize>(x * job.inChannels)) << 2);
      for (let c = 0; c < job.inChannels; c++, to += 4, weights += outBytes) {
        store<f32>(to, load<f32>(to) + dot(from, weights, outBytes));
      }
    }
  }
}

function dot(a: usize, b: usize, bytes: usize): f32 {
  let sums = f32x4.splat(0);
  let i: usize = 0;
  for (; i + 16 <= bytes; i += 16) sums = f32x4.add(sums, f32x4.mul(v128.load(a + i), v128.load(b + i)));
  let sum = f32x4.extract_lane(sums, 0) + f32x4.extract_lane(sums, 1) + f32x4.extract_lane(sums, 2) + f32x4.extract_lane(sums, 3);
  for (; i < bytes; i += 4) sum += load<f32>(a + i) * load<f32>(b + i);
  return sum;
}
