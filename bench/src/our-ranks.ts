import { parseArgs } from 'node:util';
import { connect, type Mpi } from '@cmcgan/mpi';
import type { Exchange } from './scaling-model';
import { median } from './statistics';

/**
 * One of several processes that `npm run bench -- --only machines` starts under mpirun: sums arrays of each size over the ranks. Rank 0
 * prints what they took, as JSON.
 */
async function main() {
  const { values } = parseArgs({ options: { sizes: { type: 'string' }, seconds: { type: 'string' } } });
  const mpi = await connect();
  const exchanges: Exchange[] = [];
  for (const bytes of values.sizes!.split(',').map(Number))
    exchanges.push(await timeExchange(mpi, bytes, Number(values.seconds)));
  if (mpi.rank === 0) process.stdout.write(`${JSON.stringify({ library: mpi.library, exchanges })}\n`);
}

/** The median over the laps of some seconds, each as long as its slowest rank. */
async function timeExchange(mpi: Mpi, bytes: number, seconds: number): Promise<Exchange> {
  const values = new Float32Array(bytes / 4).fill(mpi.rank);
  const lap = async () => {
    await mpi.barrier();
    const start = performance.now();
    await mpi.allReduce(values);
    const took = Float64Array.of(performance.now() - start);
    await mpi.allReduce(took, 'max');
    return took[0]! / 1000;
  };
  await lap(); // sets up connections and memory
  const laps = Math.max(3, Math.min(200, Math.round(seconds / (await lap()))));
  const times = [];
  for (let i = 0; i < laps; i++) times.push(await lap());
  return { ranks: mpi.size, bytes, seconds: median(times) };
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
