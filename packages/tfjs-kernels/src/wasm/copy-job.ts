import type { CopyJob } from './generated/job-fields';
import type { JobOf } from './heap';

/** Bytes that a thread copies at a time. */
const TILE_BYTES = 65_536;

interface Rows {
  source: number;
  destination: number;
  rows: number;
  rowBytes: number;
  /** Bytes from one row to the next; default: the rows lie next to each other. */
  sourcePitch?: number;
  destinationPitch?: number;
}

/** A job that copies rows of bytes. */
export function copyJob({ source, destination, rows, rowBytes, ...pitches }: Rows): JobOf<typeof CopyJob> {
  const { sourcePitch = rowBytes, destinationPitch = rowBytes } = pitches;
  const bytes = rows * rowBytes;
  const isWhole = rows <= 1 || (sourcePitch === rowBytes && destinationPitch === rowBytes);
  if (isWhole) {
    const tiles = Math.ceil(bytes / TILE_BYTES);
    const pitch = { rowBytes: TILE_BYTES, sourcePitch: TILE_BYTES, destinationPitch: TILE_BYTES };
    return { tiles, rowsPerTile: 1, rows: tiles, bytes, ...pitch, source, destination };
  }
  const rowsPerTile = Math.max(1, Math.floor(TILE_BYTES / Math.max(1, rowBytes)));
  const tiles = bytes === 0 ? 0 : Math.ceil(rows / rowsPerTile);
  return { tiles, rowsPerTile, rows, rowBytes, bytes, sourcePitch, destinationPitch, source, destination };
}
