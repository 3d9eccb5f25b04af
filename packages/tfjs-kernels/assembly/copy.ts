import { CopyJob } from './jobs';

/** destination = source for some of the bytes. */
export function copyTile(job: CopyJob, tile: i32): void {
  const start = <usize>tile * <usize>job.bytesPerTile;
  memory.copy(job.destination + start, job.source + start, min(<usize>job.bytes - start, <usize>job.bytesPerTile));
}
