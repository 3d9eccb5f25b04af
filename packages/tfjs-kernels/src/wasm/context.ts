import type { Heap } from './heap';
import type { ThreadPool } from './thread-pool';

/** The context that every kernel gets. */
export interface KernelContext {
  heap: Heap;
  pool: ThreadPool;
  /** Whether the kernel is recorded: a replay prefers jobs, even small ones, to calls of stock kernels. */
  isRecorded?: boolean;
}
