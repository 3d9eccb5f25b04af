import type { Heap } from './heap';
import type { ThreadPool } from './thread-pool';

/** What every kernel works with. */
export interface KernelContext {
  heap: Heap;
  pool: ThreadPool;
}
