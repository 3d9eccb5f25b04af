import { AddJob } from './jobs';

/** destination = a + b for some of the floats. */
export function addTile(job: AddJob, tile: i32): void {
  const start = tile * job.floatsPerTile;
  const end = min(job.count, start + job.floatsPerTile);
  let i = start;
  for (; i + 4 <= end; i += 4) {
    const o = (<usize>i) << 2;
    v128.store(job.destination + o, f32x4.add(v128.load(job.a + o), v128.load(job.b + o)));
  }
  for (; i < end; i++) {
    const o = (<usize>i) << 2;
    store<f32>(job.destination + o, load<f32>(job.a + o) + load<f32>(job.b + o));
  }
}
