import { ClipGradientJob, ClipJob } from './jobs';
import { loadPart, storePart } from './vector';

/** destination = x within [low, high]; NaN stays NaN. */
export function clipTile(job: ClipJob, tile: i32): void {
  const start = tile * job.floatsPerTile;
  const end = min(job.count, start + job.floatsPerTile);
  const low = f32x4.splat(job.low);
  const high = f32x4.splat(job.high);
  let i = start;
  for (; i + 4 <= end; i += 4) {
    const o = (<usize>i) << 2;
    // Pseudo-min and -max return their first operand if the comparison fails, as it does for NaN.
    v128.store(job.destination + o, f32x4.pmin(f32x4.pmax(v128.load(job.x + o), low), high));
  }
  for (; i < end; i++) {
    const o = (<usize>i) << 2;
    const value = load<f32>(job.x + o);
    store<f32>(job.destination + o, value < job.low ? job.low : value > job.high ? job.high : value);
  }
}

/** destination = dy where x lies within [low, high], or within (low, high] if the job excludes the lower limit; 0 elsewhere and for NaN. */
export function clipGradientTile(job: ClipGradientJob, tile: i32): void {
  const start = tile * job.floatsPerTile;
  const end = min(job.count, start + job.floatsPerTile);
  const low = f32x4.splat(job.low);
  const high = f32x4.splat(job.high);
  for (let i = start; i < end; i += 4) {
    const o = (<usize>i) << 2;
    const present = min(4, end - i);
    const x = loadPart(job.x + o, present);
    const above = job.leavesOutLow ? f32x4.gt(x, low) : f32x4.ge(x, low);
    const mask = v128.and(above, f32x4.le(x, high));
    storePart(job.destination + o, v128.and(loadPart(job.dy + o, present), mask), present);
  }
}
