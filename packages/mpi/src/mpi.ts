import type { MpiArray } from './abi';
import type { MpiLibrary } from './library';

/** How {@link Mpi.allReduce} sums. */
export interface ReduceOptions {
  /**
   * `rank`: adds in the order of the ranks, ((v₀ + v₁) + v₂) + …, so that the sum has the same bits with every library and on every run, and
   * those of a loop in one process; `library`: in the order that MPI prefers, which may depend on sizes and machines. Default: `rank`.
   */
  readonly order?: 'rank' | 'library';
}

/**
 * The processes of a job, each with its rank. A collective is called by every rank, in the same order, with arrays of the same type; calls
 * that wait for other ranks run on a thread of their own, one after the other, while this thread goes on. Arrays may be in shared memory,
 * and of any length; until the promise settles, an array must not be written, and its memory must not grow unless it is shared.
 */
export interface Mpi {
  /** From 0 to size - 1. */
  readonly rank: number;
  /** Number of processes; 1 for a process that was started alone. */
  readonly size: number;
  /** Rank among the processes on this machine. */
  readonly localRank: number;
  /** Number of processes on this machine. */
  readonly localSize: number;
  /** The library that is used; undefined for a process that was started alone. */
  readonly library?: MpiLibrary;
  /** Replaces `values`, of the same length on every rank, by the element-wise sum or maximum over ranks. Uint8Array and Int32Array wrap around. */
  allReduce(values: MpiArray, operation?: 'sum' | 'max', options?: ReduceOptions): Promise<void>;
  /** Replaces `values`, of the same length on every rank, by those of rank `root` (default 0). */
  broadcast(values: MpiArray, root?: number): Promise<void>;
  /** The arrays of all ranks, in their order, on rank `root` (default 0); undefined on the others. Lengths may differ. */
  gather<T extends MpiArray>(values: T, root?: number): Promise<T[] | undefined>;
  /** Resolves when every rank has called it. */
  barrier(): Promise<void>;
  /** Ends every process of the job with this exit code, after a line on standard error that names this rank. Returns only if `size` is 1. */
  abort(exitCode: number): void;
  /**
   * Waits for all ranks and leaves MPI; nothing else may be called afterwards. It happens by itself where every rank comes to its end. Call
   * it before all ranks exit on purpose with a code other than 0, which otherwise ends the job at once, as an error in one rank does.
   */
  finalize(): Promise<void>;
}
