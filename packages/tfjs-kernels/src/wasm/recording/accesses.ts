import type { Range } from './arena';

/** Who last read and wrote a part of memory: numbers of entries, from 1; 0: nobody. */
interface Segment extends Range {
  read: number;
  written: number;
}

/** Which entries last read and wrote each part of memory. */
export interface Accesses {
  /** The last entry that wrote what is to be read or written, or read what is to be written; 0 if there is none. */
  lastConflict(reads: readonly Range[], writes: readonly Range[]): number;
  /** Notes what entry `number` reads and writes; numbers ascend. */
  add(number: number, reads: readonly Range[], writes: readonly Range[]): void;
}

export function createAccesses(): Accesses {
  const segments: Segment[] = []; // ascending, never overlapping

  const find = (address: number): number => {
    let [low, high] = [0, segments.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (segments[middle].end <= address) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  /** Cuts segments at a range's ends and fills its gaps; returns the segments inside. */
  const inside = ({ start, end }: Range): Segment[] => {
    cutAt(segments, find(start), start);
    const found: Segment[] = [];
    let address = start;
    for (let index = find(start); address < end; index++) {
      const next: Segment | undefined = segments[index];
      if (next?.start !== address) {
        const gap = { start: address, end: Math.min(end, next?.start ?? end), read: 0, written: 0 };
        segments.splice(index, 0, gap);
      } else if (next.end > end) cutAt(segments, index, end);
      found.push(segments[index]);
      address = segments[index].end;
    }
    return found;
  };
  const largest = (ranges: readonly Range[], of: (segment: Segment) => number): number => {
    let most = 0;
    for (const range of ranges) {
      for (let index = find(range.start); index < segments.length && segments[index].start < range.end; index++)
        most = Math.max(most, of(segments[index]));
    }
    return most;
  };
  return {
    lastConflict: (reads, writes) =>
      Math.max(
        largest(reads, ({ written }) => written),
        largest(writes, ({ read, written }) => Math.max(read, written)),
      ),
    add(number, reads, writes) {
      for (const range of reads) for (const segment of inside(range)) segment.read = number;
      for (const range of writes) for (const segment of inside(range)) segment.written = number;
    },
  };
}

/** Cuts the segment at `index` in two where `address` lies inside it. */
function cutAt(segments: Segment[], index: number, address: number): void {
  const segment = segments[index];
  if (!segment || segment.start >= address || segment.end <= address) return;
  segments.splice(index + 1, 0, { ...segment, start: address });
  segment.end = address;
}
