import { CopyJob } from './jobs';
import { copyFloats } from './vector';

/** Rows up to this many bytes are copied here, since memory.copy is a call out of the module. */
const SHORT_BYTES: usize = 1024;

/** Copies some of the rows. */
export function copyTile(job: CopyJob, tile: i32): void {
  const first = tile * job.rowsPerTile;
  const end = min(job.rows, first + job.rowsPerTile);
  for (let row = <usize>first; row < <usize>end; row++) {
    const bytes = min(job.rowBytes, job.bytes - row * job.rowBytes);
    const source = job.source + row * job.sourcePitch;
    const destination = job.destination + row * job.destinationPitch;
    if (bytes > SHORT_BYTES || (bytes & 3) != 0) memory.copy(destination, source, bytes);
    else copyFloats(destination, source, <i32>(bytes >> 2));
  }
}
