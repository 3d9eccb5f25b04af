/** What ranks exchange. */
export type MpiArray = Float32Array | Float64Array | Int32Array | Uint8Array;

/** The processes that train together, as one of them sees them. `connect()` of @cmcgan/mpi gives one over MPI. */
export interface Communicator {
  /** This process's number, from 0 to size - 1. */
  readonly rank: number;
  /** The number of processes; 1 for a lone one. */
  readonly size: number;
  /**
   * Replaces `values` on every rank by their sum (or the largest) over all ranks, element by element. With the order 'rank', sums are taken
   * from rank 0 upwards, so that they don't depend on the library. Every rank calls the same collectives in the same order.
   */
  allReduce(values: MpiArray, operation?: 'sum' | 'max', options?: { order?: 'rank' }): Promise<void>;
  /** Replaces `values` on every rank by those of `root` (0). */
  broadcast(values: MpiArray, root?: number): Promise<void>;
  /** The arrays of all ranks in their order, on `root` (0); undefined elsewhere. Lengths may differ. */
  gather<T extends MpiArray>(values: T, root?: number): Promise<T[] | undefined>;
  barrier(): Promise<void>;
  /** Ends all processes with this exit code. Returns only where size is 1. */
  abort(exitCode: number): void;
}

/** A lone process. */
export const ALONE: Communicator = {
  rank: 0,
  size: 1,
  allReduce: () => Promise.resolve(),
  broadcast: () => Promise.resolve(),
  gather: (values) => Promise.resolve([values]),
  barrier: () => Promise.resolve(),
  abort: () => undefined,
};

/** A rank's share of an update's micro-batches: those from `first` on, of all `of`. */
export interface Share {
  readonly first: number;
  readonly of: number;
}

/** How many of an update's `of` micro-batches a rank takes, from which one on: consecutive ones, with the longer shares first. */
export function shareOf(of: number, { rank, size }: Pick<Communicator, 'rank' | 'size'>): Share & { count: number } {
  const [least, longer] = [Math.floor(of / size), of % size];
  return { first: rank * least + Math.min(rank, longer), count: least + (rank < longer ? 1 : 0), of };
}
