import type { Communicator, MpiArray } from '../src/communicator';

/** What one rank brings to a collective. */
interface Arrival {
  values: MpiArray;
  arrive(all: readonly MpiArray[]): void;
}

/**
 * Runs `program` as several ranks in this process, which take turns at their exchanges; resolves to their results. An exchange ends when all
 * ranks have come to it, and fails if they come to different ones.
 */
export async function runRanks<T>(size: number, program: (communicator: Communicator) => Promise<T>): Promise<T[]> {
  const meet = createMeeting(size);
  return Promise.all(Array.from({ length: size }, (_, rank) => program(communicatorOf(rank, size, meet))));
}

type Meet = (name: string, rank: number, values: MpiArray) => Promise<readonly MpiArray[]>;

function createMeeting(size: number): Meet {
  let waiting: Arrival[] = [];
  let present = 0;
  let expected = '';
  return (name, rank, values) =>
    new Promise((resolve, reject) => {
      if (present > 0 && name !== expected) return reject(new Error(`rank ${rank} calls ${name}, the others ${expected}`));
      expected = name;
      waiting[rank] = { values, arrive: resolve };
      if (++present < size) return;
      const all = waiting.map((arrival) => arrival.values.slice());
      const arrivals = waiting;
      [waiting, present] = [[], 0];
      for (const { arrive } of arrivals) arrive(all);
    });
}

function communicatorOf(rank: number, size: number, meet: Meet): Communicator {
  return {
    ...{ rank, size },
    async allReduce(values, operation = 'sum') {
      const all = await meet(`allReduce ${operation} of ${values.length}`, rank, values);
      for (let i = 0; i < values.length; i++) {
        let result = all[0][i];
        // Assigning to the array rounds each sum to its type.
        for (const other of all.slice(1)) {
          values[i] = operation === 'sum' ? result + other[i] : Math.max(result, other[i]);
          result = values[i];
        }
      }
    },
    async broadcast(values, root = 0) {
      const all = await meet(`broadcast of ${values.length} from ${root}`, rank, values);
      values.set(all[root]);
    },
    async gather<T extends MpiArray>(values: T, root = 0) {
      const all = await meet(`gather to ${root}`, rank, values);
      return rank === root ? ([...all] as T[]) : undefined;
    },
    async barrier() {
      await meet('barrier', rank, new Uint8Array(0));
    },
    abort: () => undefined,
  };
}
