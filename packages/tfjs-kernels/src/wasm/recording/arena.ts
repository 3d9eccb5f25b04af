/** Alignment of blocks: a cache line. */
const LINE = 64;
/** Least bytes requested from the backend at a time, and the share of what is held. */
const LEAST_CHUNK = 2 ** 18;
const CHUNK_SHARE = 1 / 8;

/** Memory of a recording. */
export interface Arena {
  allocate(bytes: number): number;
  free(address: number): void;
  owns(address: number): boolean;
  /** Bytes requested from the backend. */
  bytes(): number;
  /** Returns all memory to the backend. */
  dispose(): void;
}

/** A part of memory, from `start` to before `end`. */
export interface Range {
  start: number;
  end: number;
}

export interface ArenaOptions {
  /** Allocate and free memory of the backend. */
  acquire: (bytes: number) => number;
  release: (address: number) => void;
  /** Whether a block that is freed serves later ones, as in each replay; not for constants, which earlier kernels would overwrite. */
  reuses: boolean;
}

export function createArena({ acquire, release, reuses }: ArenaOptions): Arena {
  const chunks: (Range & { address: number })[] = [];
  const used = new Map<number, number>();
  let spare: Range[] = []; // in ascending order, never adjacent
  let held = 0;

  const grow = (bytes: number): void => {
    const size = Math.max(bytes, LEAST_CHUNK, roundUp(held * CHUNK_SHARE));
    const address = acquire(size + LINE);
    const start = roundUp(address);
    chunks.push({ address, start, end: start + size });
    held += size;
    addSpare(spare, { start, end: start + size });
  };
  return {
    allocate(bytes) {
      const size = Math.max(LINE, roundUp(bytes));
      let index = bestFit(spare, size);
      if (index < 0) {
        grow(size);
        index = bestFit(spare, size);
      }
      const range = spare[index];
      const address = range.start;
      range.start += size;
      if (range.start === range.end) spare.splice(index, 1);
      used.set(address, size);
      return address;
    },
    free(address) {
      const size = used.get(address);
      if (size === undefined || !reuses) return;
      used.delete(address);
      addSpare(spare, { start: address, end: address + size });
    },
    owns: (address) => chunks.some(({ start, end }) => address >= start && address < end),
    bytes: () => held,
    dispose() {
      for (const { address } of chunks.splice(0)) release(address);
      used.clear();
      spare = [];
    },
  };
}

const roundUp = (bytes: number): number => Math.ceil(bytes / LINE) * LINE;

/** The index of the smallest range that holds `size`; -1 if there is none. */
function bestFit(ranges: readonly Range[], size: number): number {
  let best = -1;
  let least = Infinity;
  for (let index = 0; index < ranges.length; index++) {
    const bytes = ranges[index].end - ranges[index].start;
    if (bytes < size || bytes >= least) continue;
    best = index;
    least = bytes;
  }
  return best;
}

/** Adds a range in its place and joins it with its neighbours. */
function addSpare(ranges: Range[], range: Range): void {
  let index = ranges.findIndex(({ start }) => start > range.start);
  if (index < 0) index = ranges.length;
  ranges.splice(index, 0, range);
  for (const first of [index, index - 1]) {
    if (first < 0 || ranges[first].end !== ranges[first + 1]?.start) continue;
    ranges[first].end = ranges[first + 1].end;
    ranges.splice(first + 1, 1);
  }
}
