import { newArray, type MpiArray, type MpiElement } from './abi';
import type { Argument, FunctionName, MpiFunctions } from './bind';
import { checkedArray, checkedRoot } from './check-arguments';
import type { MpiLibrary } from './library';
import type { Mpi, ReduceOptions } from './mpi';

/** What a {@link World} is made of. */
export interface WorldOptions {
  readonly functions: MpiFunctions;
  readonly library: MpiLibrary;
  readonly inPlace: bigint;
  /** Whether the library allows calls from threads other than the one that initialised it; else they run on this one. */
  readonly threads: boolean;
  readonly rank: number;
  readonly size: number;
  /** Elements that are sent at a time. */
  readonly blockElements: number;
}

/** Longest name of a machine (POSIX). */
const HOSTNAME_BYTES = 255;

/** Time for the launcher to pass on what was written before: MPICH's drops it when it hears of the end. */
const ABORT_DELAY_MS = 1000;

const equal = (a: Uint8Array, b: Uint8Array) => a.every((byte, i) => byte === b[i]);

/** MPI_COMM_WORLD: all processes that the launcher started. */
export class World implements Mpi {
  readonly rank: number;
  readonly size: number;
  readonly library: MpiLibrary;
  localRank = 0;
  localSize = 1;
  readonly #options: WorldOptions;
  /** Calls that have not settled yet. */
  #pending = 0;
  #last: Promise<unknown> = Promise.resolve();
  #ended = false;

  constructor(options: WorldOptions) {
    this.#options = options;
    ({ rank: this.rank, size: this.size, library: this.library } = options);
  }

  async allReduce(values: MpiArray, operation: 'sum' | 'max' = 'sum', { order = 'rank' }: ReduceOptions = {}): Promise<void> {
    const element = checkedArray('allReduce', values);
    if (operation !== 'sum' && operation !== 'max')
      throw new RangeError(`allReduce: operation must be sum or max, got ${String(operation)}`);
    if (order !== 'rank' && order !== 'library')
      throw new RangeError(`allReduce: order must be rank or library, got ${String(order)}`);
    // wherever the order can't change the result, MPI chooses it
    const inOrder = order === 'rank' && operation === 'sum' && element.startsWith('float') && this.size > 2;
    return this.#enqueue('allReduce', async () => {
      for (const block of this.#blocks(values)) {
        if (inOrder) await this.#sumInRankOrder(block, element);
        else await this.#reduce(block, [element, operation]);
      }
    });
  }

  async broadcast(values: MpiArray, root = 0): Promise<void> {
    const { handles } = this.#options.functions;
    const type = handles[checkedArray('broadcast', values)];
    checkedRoot('broadcast', root, this.size);
    return this.#enqueue('broadcast', async () => {
      for (const block of this.#blocks(values)) await this.#call('MPI_Bcast', block, block.length, type, root, handles.world);
    });
  }

  async gather<T extends MpiArray>(values: T, root = 0): Promise<T[] | undefined> {
    const element = checkedArray('gather', values);
    checkedRoot('gather', root, this.size);
    return this.#enqueue('gather', () => this.#gather(values, { element, root }));
  }

  async barrier(): Promise<void> {
    return this.#enqueue('barrier', () => this.#call('MPI_Barrier', this.#options.functions.handles.world));
  }

  abort(exitCode: number): void {
    console.error(`Rank ${this.rank} of ${this.size} ends all processes with exit code ${exitCode}.`);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ABORT_DELAY_MS);
    this.#ended = true;
    const { call, handles } = this.#options.functions;
    call('MPI_Abort', handles.world, exitCode);
  }

  /** Finds out which ranks share this machine. */
  async findNeighbours(hostname: string): Promise<void> {
    const names = new Uint8Array(this.size * HOSTNAME_BYTES);
    const slot = (rank: number) => names.subarray(rank * HOSTNAME_BYTES, (rank + 1) * HOSTNAME_BYTES);
    new TextEncoder().encodeInto(hostname, slot(this.rank));
    await this.allReduce(names, 'max');
    const same = Array.from({ length: this.size }, (_, rank) => rank).filter((rank) => equal(slot(rank), slot(this.rank)));
    this.localRank = same.indexOf(this.rank);
    this.localSize = same.length;
  }

  async finalize(): Promise<void> {
    await this.barrier();
    this.#ended = true;
    this.#options.functions.call('MPI_Finalize');
  }

  /** Ends MPI when this process exits: quietly after success, else together with the other processes, which would wait forever. */
  handleExit(exitCode: number): void {
    if (this.#ended) return;
    if (exitCode === 0 && this.#pending === 0) {
      this.#ended = true;
      this.#options.functions.call('MPI_Finalize');
    } else this.abort(exitCode || 1);
  }

  /** Runs collectives one after the other, in the order of the calls. */
  #enqueue<T>(method: string, task: () => Promise<T>): Promise<T> {
    if (this.#ended) throw new Error(`${method}: must be called before MPI is finalised`);
    this.#pending += 1;
    const result = this.#last.then(task).catch((error: unknown) => {
      throw new Error(`${method} failed on rank ${this.rank} of ${this.size}: ${(error as Error).message}`, { cause: error });
    });
    this.#last = result.catch(() => {}).finally(() => (this.#pending -= 1));
    return result;
  }

  async #call(name: FunctionName, ...args: Argument[]): Promise<void> {
    const { functions, threads } = this.#options;
    if (threads) await functions.callOnThread(name, ...args);
    else functions.call(name, ...args);
  }

  *#blocks<T extends MpiArray>(values: T): Generator<T> {
    const { blockElements } = this.#options;
    for (let start = 0; start < values.length; start += blockElements) yield values.subarray(start, start + blockElements) as T;
  }

  #reduce(values: MpiArray, [element, operation]: [MpiElement, 'sum' | 'max']): Promise<void> {
    const { functions, inPlace } = this.#options;
    const { [element]: type, [operation]: reduction, world } = functions.handles;
    return this.#call('MPI_Allreduce', inPlace, values, values.length, type, reduction, world);
  }

  /** Each rank sums its share of all ranks' values, in their order, and all get all shares. It moves as much data as a ring does. */
  async #sumInRankOrder(values: MpiArray, element: MpiElement): Promise<void> {
    const { functions, inPlace } = this.#options;
    const { [element]: type, world, sum } = functions.handles;
    const starts = Int32Array.from({ length: this.size + 1 }, (_, rank) => Math.floor((rank * values.length) / this.size));
    const counts = Int32Array.from({ length: this.size }, (_, rank) => starts[rank + 1] - starts[rank]);
    const share = counts[this.rank];
    const received = newArray(element, share * this.size);
    const receivedCounts = new Int32Array(this.size).fill(share);
    const receivedStarts = receivedCounts.map((_, rank) => rank * share);
    const place = [receivedCounts, receivedStarts, type, world] as const;
    await this.#call('MPI_Alltoallv', values, counts, starts, type, received, ...place);
    const total = values.subarray(starts[this.rank], starts[this.rank + 1]);
    total.set(received.subarray(0, share));
    for (let rank = 1; rank < this.size && share > 0; rank++)
      functions.call('MPI_Reduce_local', received.subarray(rank * share, (rank + 1) * share), total, share, type, sum);
    await this.#call('MPI_Allgatherv', inPlace, 0, type, values, counts, starts, type, world);
  }

  async #gather<T extends MpiArray>(
    values: T,
    { element, root }: { element: MpiElement; root: number },
  ): Promise<T[] | undefined> {
    const { functions, blockElements } = this.#options;
    const { [element]: type, float64, world } = functions.handles;
    const lengths = new Float64Array(this.size);
    await this.#call('MPI_Allgather', Float64Array.of(values.length), 1, float64, lengths, 1, float64, world);
    const arrays = this.rank === root ? Array.from(lengths, (length) => newArray(element, length) as T) : undefined;
    const step = Math.max(1, Math.floor(blockElements / this.size));
    const received = newArray(element, arrays ? step * this.size : 0);
    const starts = Int32Array.from({ length: this.size }, (_, rank) => rank * step);
    for (let start = 0; start < Math.max(...lengths); start += step) {
      const block = values.subarray(start, start + step);
      const counts = Int32Array.from(lengths, (length) => Math.min(step, Math.max(0, length - start)));
      await this.#call('MPI_Gatherv', block, block.length, type, received, counts, starts, type, root, world);
      arrays?.forEach((array, rank) => {
        if (counts[rank] > 0) array.set(received.subarray(starts[rank], starts[rank] + counts[rank]), start);
      });
    }
    return arrays;
  }
}
