// The L1 loss and its gradient. Sums are in an order that depends only on the shape.
import { AbsoluteErrorJob } from './jobs';

/** Floats that are summed in single precision, 64 per lane, before they join a double. */
const BLOCK: i32 = 1024;

function partialAt(job: AbsoluteErrorJob, tile: i32): usize {
  return job.partials + ((<usize>tile) << 3);
}

/** The end of the floats from `i` on that precede both `end` and the target's next repetition. */
function runEnd(job: AbsoluteErrorJob, i: i32, end: i32): i32 {
  return min(end, i + job.period - (i % job.period));
}

/** The partial of a tile: Σ |x - target|. */
export function absoluteErrorsTile(job: AbsoluteErrorJob, tile: i32): void {
  const end = min(job.count, (tile + 1) * job.floatsPerTile);
  let sum: f64 = 0;
  for (let i = tile * job.floatsPerTile; i < end;) {
    const stop = runEnd(job, i, end);
    while (i < stop) {
      const length = min(BLOCK, stop - i);
      sum += sumOfErrors(job.x + ((<usize>i) << 2), job.target + ((<usize>(i % job.period)) << 2), length);
      i += length;
    }
  }
  store<f64>(partialAt(job, tile), sum);
}

function sumOfErrors(x: usize, target: usize, count: i32): f64 {
  let a = f32x4.splat(0);
  let b = f32x4.splat(0);
  let c = f32x4.splat(0);
  let d = f32x4.splat(0);
  let i = 0;
  for (; i + 16 <= count; i += 16, x += 64, target += 64) {
    a = f32x4.add(a, f32x4.abs(f32x4.sub(v128.load(x), v128.load(target))));
    b = f32x4.add(b, f32x4.abs(f32x4.sub(v128.load(x, 16), v128.load(target, 16))));
    c = f32x4.add(c, f32x4.abs(f32x4.sub(v128.load(x, 32), v128.load(target, 32))));
    d = f32x4.add(d, f32x4.abs(f32x4.sub(v128.load(x, 48), v128.load(target, 48))));
  }
  let sum = sumOfLanes(a) + sumOfLanes(b) + sumOfLanes(c) + sumOfLanes(d);
  for (; i < count; i++, x += 4, target += 4) sum += <f64>abs<f32>(load<f32>(x) - load<f32>(target));
  return sum;
}

function sumOfLanes(v: v128): f64 {
  const pairs = f64x2.add(f64x2.promote_low_f32x4(v), f64x2.promote_low_f32x4(v128.shuffle<i64>(v, v, 1, 0)));
  return f64x2.extract_lane(pairs, 0) + f64x2.extract_lane(pairs, 1);
}

/** Joins the tiles' partials, in their order. */
export function mergeAbsoluteErrors(job: AbsoluteErrorJob): void {
  let sum: f64 = 0;
  for (let tile = 0; tile < job.tiles; tile++) sum += load<f64>(partialAt(job, tile));
  store<f32>(job.destination, <f32>(sum / <f64>job.period));
}

/** The sign of x - target by clipping a multiple of it, so that NaN stays NaN; exact if |x - target| is 0 or above 1e-30. */
export function absoluteErrorGradientTile(job: AbsoluteErrorJob, tile: i32): void {
  const end = min(job.count, (tile + 1) * job.floatsPerTile);
  const scale = load<f32>(job.dy) / <f32>job.period;
  const scales = f32x4.splat(scale);
  for (let i = tile * job.floatsPerTile; i < end;) {
    const stop = runEnd(job, i, end);
    let x = job.x + ((<usize>i) << 2);
    let target = job.target + ((<usize>(i % job.period)) << 2);
    let destination = job.destination + ((<usize>i) << 2);
    for (; i + 4 <= stop; i += 4, x += 16, target += 16, destination += 16) {
      const multiple = f32x4.mul(f32x4.sub(v128.load(x), v128.load(target)), f32x4.splat(1e30));
      const sign = f32x4.pmin(f32x4.pmax(multiple, f32x4.splat(-1)), f32x4.splat(1));
      v128.store(destination, f32x4.mul(sign, scales));
    }
    for (; i < stop; i++, x += 4, target += 4, destination += 4) {
      const multiple: f32 = (load<f32>(x) - load<f32>(target)) * 1e30;
      store<f32>(destination, (multiple < -1 ? -1 : multiple > 1 ? 1 : multiple) * scale);
    }
  }
}
