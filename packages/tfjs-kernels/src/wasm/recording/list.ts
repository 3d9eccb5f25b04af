import { RecordedEntry } from '../generated/job-fields';
import type { Heap } from '../heap';
import type { Range } from './arena';
import { createAccesses } from './accesses';

/** Words of a list before its entries, as in assembly/replay.ts. */
const COUNT_WORD = 32;
const ENTRY_WORD = 48;
const ENTRY_WORDS = Object.keys(RecordedEntry).length;
const CALL = -1;

/** Jobs of one operation, copied from where a kernel wrote them; or a call of a function on the main thread. */
export type Entry = { operation: number; words: Int32Array; jobs: number; tiles: number } | { call: () => void };

/** What a kernel call does: entries that run one after another, and the memory that they read and write. */
export interface Group {
  entries: Entry[];
  reads: Range[];
  writes: Range[];
}

/** A list in memory, ready to be replayed. */
export interface List {
  address: number;
  calls: (() => void)[];
}

/** Writes the groups' entries and their jobs to memory that `allocate` gives. */
export function writeList({ memory }: Heap, groups: readonly Group[], allocate: (bytes: number) => number): List {
  const entries = groups.flatMap((group) => group.entries);
  const jobWords = entries.reduce((sum, entry) => sum + ('call' in entry ? 0 : entry.words.length), 0);
  const words = ENTRY_WORD + entries.length * ENTRY_WORDS + jobWords;
  const address = allocate(words * 4);
  const list = new Int32Array(memory.buffer, address, words).fill(0);
  list[COUNT_WORD] = entries.length;
  const calls: (() => void)[] = [];
  const after = dependenciesOf(groups);
  let jobs = ENTRY_WORD + entries.length * ENTRY_WORDS;
  entries.forEach((entry, index) => {
    const start = ENTRY_WORD + index * ENTRY_WORDS;
    if ('call' in entry) {
      list.set([CALL, calls.push(entry.call) - 1, 0, 1, after[index]], start);
      return;
    }
    list.set([entry.operation, address + jobs * 4, entry.jobs, entry.tiles, after[index]], start);
    list.set(entry.words, jobs);
    jobs += entry.words.length;
  });
  return { address, calls };
}

/**
 * For each entry, how many of the first ones must end before it begins: all up to the last one that writes what it reads or writes, or reads
 * what it writes. The entries of a group follow each other.
 */
function dependenciesOf(groups: readonly Group[]): number[] {
  const accesses = createAccesses();
  const after: number[] = [];
  for (const { entries, reads, writes } of groups) {
    const first = after.length;
    entries.forEach((_, index) => after.push(index > 0 ? first + index : accesses.lastConflict(reads, writes)));
    accesses.add(after.length, reads, writes);
  }
  return after;
}
