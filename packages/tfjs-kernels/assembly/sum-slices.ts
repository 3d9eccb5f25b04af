import { SumSlicesJob } from './jobs';

/** Adds up part of the slices of a split sum, in order. */
export function sumSlicesTile(job: SumSlicesJob, tile: i32): void {
  const from = tile * job.floatsPerTile;
  const end = min(job.count, from + job.floatsPerTile);
  const pitch = (<usize>job.count) << 2;
  let i = from;
  for (; i + 4 <= end; i += 4) {
    let address = job.slices + ((<usize>i) << 2);
    let sum = v128.load(address);
    for (let s = 1; s < job.sliceCount; s++) {
      address += pitch;
      sum = f32x4.add(sum, v128.load(address));
    }
    v128.store(job.destination + ((<usize>i) << 2), sum);
  }
  for (; i < end; i++) {
    let address = job.slices + ((<usize>i) << 2);
    let sum = load<f32>(address);
    for (let s = 1; s < job.sliceCount; s++) {
      address += pitch;
      sum += load<f32>(address);
    }
    store<f32>(job.destination + ((<usize>i) << 2), sum);
  }
}
