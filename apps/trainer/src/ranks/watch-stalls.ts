import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { onFirstRank } from '@cmcgan/training/node';
import type { Ranks } from './ranks';

interface StallOptions {
  /** How long rank 0 waits for an exchange before it asks who is late, and again each time as long; null: it never asks. */
  readonly seconds: number | null;
  /** Told by rank 0, in a sentence. */
  readonly onStall: (message: string) => void;
  /** How long a rank has to answer; default 2000. */
  readonly answerMs?: number;
}

/** Ranks whose exchanges are watched, until `dispose`. */
export interface WatchedRanks {
  readonly ranks: Ranks;
  dispose(): void;
}

/** Rank 0's way to ask the others how many exchanges they have come to; undefined for one that doesn't answer. */
interface RollCall {
  ask(): Promise<readonly (number | undefined)[]>;
  dispose(): void;
}

const ASK = '?';

/**
 * Watches exchanges between ranks. MPI doesn't tell who keeps the others waiting, so rank 0 asks them over connections of its own, how many
 * exchanges they have come to. One that doesn't answer counts as late.
 */
export async function watchStalls(ranks: Ranks, { seconds, onStall, answerMs = 2000 }: StallOptions): Promise<WatchedRanks> {
  if (ranks.size === 1 || seconds === null) return { ranks, dispose: () => {} };
  let calls = 0;
  const rollCall = await openRollCall(ranks, { count: () => calls, answerMs });
  const watched = async <T>(exchange: Promise<T>): Promise<T> => {
    const own = ++calls;
    if (ranks.rank > 0) return exchange;
    let waited = 0;
    const look = setInterval(() => {
      waited += seconds;
      void rollCall.ask().then((counts) => {
        const late = counts.flatMap((count, i) => (count === undefined || count < own ? [i + 1] : []));
        if (own === calls && late.length > 0) onStall(sentence(late, waited));
      });
    }, seconds * 1000);
    try {
      return await exchange;
    } finally {
      clearInterval(look);
    }
  };
  return {
    ranks: {
      ...{ rank: ranks.rank, size: ranks.size, localRank: ranks.localRank, localSize: ranks.localSize },
      allReduce: (...args) => watched(ranks.allReduce(...args)),
      broadcast: (...args) => watched(ranks.broadcast(...args)),
      gather: (...args) => watched(ranks.gather(...args)),
      barrier: () => watched(ranks.barrier()),
      abort: (exitCode) => ranks.abort(exitCode),
    },
    dispose: () => rollCall.dispose(),
  };
}

const sentence = (late: readonly number[], seconds: number): string =>
  `warning: waiting for ${late.length === 1 ? 'rank' : 'ranks'} ${late.join(', ')} for ${seconds} s; ` +
  'a process that hangs can be ended with kill -9, and the run resumed';

interface RollCallOptions {
  readonly count: () => number;
  readonly answerMs: number;
}

async function openRollCall(ranks: Ranks, options: RollCallOptions): Promise<RollCall> {
  const nobody = () => Promise.reject(new Error('only rank 0 listens'));
  if (ranks.rank > 0) return answerAt(await onFirstRank<Place>(ranks, nobody), ranks.rank, options.count);
  const token = randomBytes(16).toString('hex');
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    socket.unref().on('error', () => {});
    lines(socket, (line) => {
      const [given, rank] = line.split(' ');
      if (given === token) sockets[Number(rank)] = socket;
    });
  }).unref();
  server.listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await onFirstRank<Place>(ranks, () => Promise.resolve({ port, token, hosts: ownAddresses() }));
  return {
    async ask() {
      const answers = Array.from({ length: ranks.size - 1 }, (_, i) => askOne(sockets[i + 1], options.answerMs));
      return Promise.all(answers);
    },
    dispose() {
      for (const socket of sockets) socket?.destroy();
      server.close();
    },
  };
}

/** Where rank 0 listens. */
interface Place {
  readonly port: number;
  readonly token: string;
  readonly hosts: readonly string[];
}

const ownAddresses = (): string[] => [
  ...Object.values(networkInterfaces()).flatMap((each = []) =>
    each.filter(({ internal }) => !internal).map(({ address }) => address),
  ),
  '127.0.0.1',
];

async function askOne(socket: Socket | undefined, answerMs: number): Promise<number | undefined> {
  if (socket === undefined || socket.destroyed) return undefined;
  const answered = once(socket, 'data') as Promise<[Buffer]>;
  socket.write(ASK);
  const answer = await Promise.race([answered.catch(() => undefined), wait(answerMs, undefined, { ref: false })]);
  return answer === undefined ? undefined : Number(answer[0].toString());
}

/** Connects to rank 0 beside the training, at the first of its addresses that can be reached, and answers what it asks. */
function answerAt({ hosts, port, token }: Place, rank: number, count: () => number): RollCall {
  let socket: Socket | undefined;
  const connectTo = ([host, ...others]: readonly string[]): void => {
    if (host === undefined) return;
    const own = connect({ port, host, timeout: 3000 }).unref();
    const next = (): void => {
      own.destroy();
      if (socket === undefined) connectTo(others);
    };
    own.on('error', next).on('timeout', next);
    own.on('connect', () => {
      socket = own.setTimeout(0);
      own.write(`${token} ${rank}\n`);
      own.on('data', () => own.write(String(count())));
    });
  };
  connectTo(hosts);
  return { ask: () => Promise.resolve([]), dispose: () => socket?.destroy() };
}

/** Calls `use` with each line that arrives. */
function lines(socket: Socket, use: (line: string) => void): void {
  let text = '';
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString();
    const complete = text.split('\n');
    text = complete.pop()!.slice(0, 100);
    for (const line of complete) use(line);
  });
}
