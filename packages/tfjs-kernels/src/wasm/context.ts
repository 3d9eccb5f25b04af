import type { Heap } from './heap';
import type { ThreadPool } from './thread-pool';

/** The context that every kernel gets. */
export interface KernelContext {
  heap: Heap;
  pool: ThreadPool;
}
