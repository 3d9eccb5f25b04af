// A recording is a list of entries in memory, which all threads walk in order. A thread takes tiles of an entry until none is left, then
// goes on to the next, and waits only if that one needs entries that have not ended. Entries end in any order; the list counts those that
// have ended from its start without a gap.
import { RecordedEntry } from './jobs';

/** Words of a list before its entries; those that are polled have a cache line each. As in src/wasm/recording/write-list.ts. */
enum List {
  ended = 0,
  /** Threads that sleep until `ended` changes. */
  sleepers = 16,
  count = 32,
  entries = 48,
}

/** How long a thread sleeps before it looks whether another has failed. */
const WAIT_NS: i64 = 1_000_000_000;
/** How many of these waits in vain mean that a thread has died. */
const MOST_WAITS: i32 = 60;

function word(list: usize, index: List): usize {
  return list + ((<usize>index) << 2);
}

export function countOf(list: usize): i32 {
  return load<i32>(word(list, List.count));
}

export function entryAt(list: usize, index: i32): RecordedEntry {
  return changetype<RecordedEntry>(word(list, List.entries) + <usize>index * offsetof<RecordedEntry>());
}

export function takenAt(entry: RecordedEntry): usize {
  return changetype<usize>(entry) + offsetof<RecordedEntry>('taken');
}

/** Before a replay, while no other thread walks the list. */
export function resetList(list: usize): void {
  store<i32>(word(list, List.ended), 0);
  const count = countOf(list);
  for (let index = 0; index < count; index++) {
    const entry = entryAt(list, index);
    entry.taken = 0;
    entry.ended = 0;
  }
}

/** Counts tiles that were run; if they were an entry's last ones, wakes the threads that wait for it. */
export function endTiles(list: usize, entry: RecordedEntry, tiles: i32): void {
  const ended = atomic.add<i32>(changetype<usize>(entry) + offsetof<RecordedEntry>('ended'), tiles) + tiles;
  if (ended != entry.tiles) return;
  const count = countOf(list);
  for (;;) {
    const index = atomic.load<i32>(word(list, List.ended));
    if (index == count) return;
    const first = entryAt(list, index);
    if (atomic.load<i32>(changetype<usize>(first) + offsetof<RecordedEntry>('ended')) != first.tiles) return;
    if (atomic.cmpxchg<i32>(word(list, List.ended), index, index + 1) != index) continue;
    if (atomic.load<i32>(word(list, List.sleepers)) > 0) atomic.notify(word(list, List.ended), -1);
  }
}

/**
 * Returns when the list's first `count` entries have ended: true, or false if another thread failed. `spins`: how often to look before
 * sleeping; negative for a thread that must not sleep.
 */
export function awaitEntries(list: usize, count: i32, spins: i32, failed: usize): bool {
  let waits = 0;
  let spin = 0;
  while (true) {
    const ended = atomic.load<i32>(word(list, List.ended));
    if (ended >= count) return true;
    if ((++spin & 1023) == 0 && atomic.load<i32>(failed) != 0) return false;
    if (spins < 0 || spin < spins) continue;
    atomic.add<i32>(word(list, List.sleepers), 1);
    const timedOut = atomic.wait<i32>(word(list, List.ended), ended, WAIT_NS) == AtomicWaitResult.TIMED_OUT;
    atomic.sub<i32>(word(list, List.sleepers), 1);
    if (atomic.load<i32>(failed) != 0) return false;
    waits = timedOut ? waits + 1 : 0;
    if (waits == MOST_WAITS) return false;
  }
}
