import { ClipJob } from './jobs';

/** destination = x within [low, high]; NaN stays NaN. */
export function clipTile(job: ClipJob, tile: i32): void {
  const start = tile * job.floatsPerTile;
  const end = min(job.count, start + job.floatsPerTile);
  const low = f32x4.splat(job.low);
  const high = f32x4.splat(job.high);
  let i = start;
  for (; i + 4 <= end; i += 4) {
    const o = (<usize>i) << 2;
    // The pseudo-extremes keep their first operand where a comparison with it fails, as it does for NaN.
    v128.store(job.destination + o, f32x4.pmin(f32x4.pmax(v128.load(job.x + o), low), high));
  }
  for (; i < end; i++) {
    const o = (<usize>i) << 2;
    const value = load<f32>(job.x + o);
    store<f32>(job.destination + o, value < job.low ? job.low : value > job.high ? job.high : value);
  }
}
