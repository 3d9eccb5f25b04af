import { AddJob } from './jobs';

function combined(kind: i32, a: v128, b: v128): v128 {
  if (kind == 1) return f32x4.sub(a, b);
  return kind == 2 ? f32x4.mul(a, b) : f32x4.add(a, b);
}

function combinedScalars(kind: i32, a: f32, b: f32): f32 {
  if (kind == 1) return a - b;
  return kind == 2 ? a * b : a + b;
}

/** destination = a + b, a - b or a · b for some of the floats. */
export function addTile(job: AddJob, tile: i32): void {
  const kind = job.kind;
  const start = tile * job.floatsPerTile;
  const end = min(job.count, start + job.floatsPerTile);
  let i = start;
  for (; i + 4 <= end; i += 4) {
    const o = (<usize>i) << 2;
    const b = job.isScalar ? f32x4.splat(load<f32>(job.b)) : v128.load(job.b + o);
    v128.store(job.destination + o, combined(kind, v128.load(job.a + o), b));
  }
  for (; i < end; i++) {
    const o = (<usize>i) << 2;
    const b = load<f32>(job.isScalar ? job.b : job.b + o);
    store<f32>(job.destination + o, combinedScalars(kind, load<f32>(job.a + o), b));
  }
}
