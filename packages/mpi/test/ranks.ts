// What every rank does in the tests: the scenario that the first argument names. Its result becomes a file in the folder of the second.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect, type Mpi, type MpiArray } from '../src/index';
import { valuesOf } from './values';

const ARRAYS = [Float32Array, Float64Array, Int32Array, Uint8Array] as const;

/** (module (memory 1) (func (export "load") (param i32) (result i32) (i32.load (local.get 0)))) */
const LOADER = 'AGFzbQEAAAABBgFgAX8BfwMCAQAFAwEAAQcIAQRsb2FkAAAKCQEHACAAKAIACw==';

const SCENARIOS: Record<string, (mpi: Mpi) => Promise<unknown>> = {
  async identity({ rank, size, localRank, localSize, library }) {
    return { rank, size, localRank, localSize, library };
  },

  /** Each type of array, summed, maximised, broadcast from the last rank, gathered on rank 1. */
  async collectives(mpi) {
    const results: Record<string, unknown> = {};
    for (const Array_ of ARRAYS) {
      const fresh = () => Array_.from([0, 1, 2, 3, 4].map((i) => 10 * mpi.rank + i)) as MpiArray;
      const [sum, max, copy] = [fresh(), fresh(), fresh()];
      // all of them at once: they must keep their order
      const [, , , gathered] = await Promise.all([
        mpi.allReduce(sum),
        mpi.allReduce(max, 'max'),
        mpi.broadcast(copy, mpi.size - 1),
        mpi.gather(new Array_(mpi.rank * 2).fill(mpi.rank) as MpiArray, 1),
        mpi.barrier(),
      ]);
      results[Array_.name] = {
        sum: [...sum],
        max: [...max],
        copy: [...copy],
        gathered: gathered?.map((each) => [...each]) ?? null,
      };
    }
    return results;
  },

  /** Sums in either order, in shared memory and elsewhere. */
  async order(mpi) {
    const shared = new Float32Array(new SharedArrayBuffer(4 * 1001 + 4), 4);
    const [plain, library] = [valuesOf(mpi.rank), valuesOf(mpi.rank)];
    shared.set(plain);
    await mpi.allReduce(plain);
    await mpi.allReduce(shared);
    await mpi.allReduce(library, 'sum', { order: 'library' });
    return { plain: hex(plain), shared: hex(shared), library: [...library] };
  },

  /** Reads beyond wasm memory, which V8 notices by a signal. */
  async trap() {
    const { instance } = await WebAssembly.instantiate(Buffer.from(LOADER, 'base64'));
    try {
      return (instance.exports.load as (address: number) => number)(2 ** 20);
    } catch (error) {
      return (error as Error).message;
    }
  },

  async wrong(mpi) {
    const messages = [
      () => mpi.allReduce(new Float32Array(1), 'mean' as 'sum'),
      () => mpi.allReduce([1, 2] as unknown as Float32Array),
      () => mpi.allReduce(new Uint8ClampedArray(1) as unknown as Uint8Array),
      () => mpi.allReduce(new Float32Array(1), 'sum', { order: 'fast' as 'rank' }),
      () => mpi.broadcast(new Float32Array(1), mpi.size),
      () => mpi.gather(new Float32Array(1), -1),
    ].map((call) =>
      call().then(
        () => 'no error',
        (error: Error) => error.message,
      ),
    );
    const settled = await Promise.all(messages);
    await mpi.finalize();
    return [
      ...settled,
      await mpi.barrier().then(
        () => 'no error',
        (error: Error) => error.message,
      ),
    ];
  },

  /** Timers go on while a call waits for the other ranks. */
  async overlap(mpi) {
    let ticks = 0;
    const timer = setInterval(() => ticks++, 5);
    if (mpi.rank === 0) await new Promise((resolve) => setTimeout(resolve, 300));
    await mpi.barrier();
    clearInterval(timer);
    return ticks;
  },

  /** Rank 1 throws while the others wait for it. */
  async throws(mpi) {
    if (mpi.rank === 1) throw new Error('the disk is full');
    return mpi.barrier();
  },

  /** Rank 1 sets an exit code and comes to its end. */
  async exits(mpi) {
    if (mpi.rank === 1) process.exitCode = 3;
    else await mpi.barrier();
  },

  /** Rank 0 aborts while a call of its own is waiting. */
  async aborts(mpi) {
    const waiting = mpi.rank === 0 ? mpi.barrier() : new Promise((resolve) => setTimeout(resolve, 60_000));
    await new Promise((resolve) => setTimeout(resolve, 50));
    if (mpi.rank === 0) mpi.abort(7);
    return waiting;
  },

  /** All ranks end with a code of their own choice. */
  async refuse(mpi) {
    await mpi.finalize();
    process.exitCode = 5;
  },
};

const hex = (values: Float32Array) => Buffer.from(values.slice().buffer).toString('hex');

const [name, folder, blockElements, library] = process.argv.slice(2);
const mpi = await connect({ library, blockElements: blockElements ? Number(blockElements) : undefined });
writeFileSync(join(folder, `${mpi.rank}.json`), JSON.stringify((await SCENARIOS[name](mpi)) ?? null));
