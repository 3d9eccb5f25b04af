import { SegmentSumJob } from './jobs';
import { clearFloats } from './vector';

/** Sums of the rows of some segments, in the order of the rows; rows of no segment are ignored. */
export function segmentSumTile(job: SegmentSumJob, tile: i32): void {
  const first = tile * job.segmentsPerTile;
  const end = min(job.segments, first + job.segmentsPerTile);
  const rowBytes = (<usize>job.columns) << 2;
  clearFloats(job.destination + <usize>first * rowBytes, (end - first) * job.columns);
  let from = job.rows;
  for (let row = 0; row < job.rowCount; row++, from += rowBytes) {
    const segment = load<i32>(job.ids + ((<usize>row) << 2));
    if (segment < first || segment >= end) continue;
    addRow(job.destination + <usize>segment * rowBytes, from, rowBytes, job.integers);
  }
}

function addRow(to: usize, from: usize, bytes: usize, integers: i32): void {
  let i: usize = 0;
  if (integers) {
    for (; i < bytes; i += 4) store<i32>(to + i, load<i32>(to + i) + load<i32>(from + i));
    return;
  }
  for (; i + 16 <= bytes; i += 16) v128.store(to + i, f32x4.add(v128.load(to + i), v128.load(from + i)));
  for (; i < bytes; i += 4) store<f32>(to + i, load<f32>(to + i) + load<f32>(from + i));
}
