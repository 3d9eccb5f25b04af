import { parseArgs } from 'node:util';
import { randomUniform, type Tensor4D } from '@tensorflow/tfjs-core';
import { startBackend } from '@cmcgan/backends';
import { createCmcgan } from '@cmcgan/model';
import { connect, type Mpi } from '@cmcgan/mpi';
import { createRandom } from '@cmcgan/random';
import { createAdam, createMomentum } from '@cmcgan/tfjs-kernels';
import { createTrainingStep } from '@cmcgan/training';
import type { Exchange } from './scaling-model';
import { median } from './statistics';

/** The first steps compile, and record what later ones replay. */
const WARM_STEPS = 4;

/**
 * One of several processes that `npm run bench -- --only machines` starts under mpirun: sums arrays of each size over the ranks, and trains
 * on one thread. Rank 0 prints what that took, as JSON.
 */
async function main() {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { sizes: text, seconds: text, width: text, batch: text } });
  const [seconds, width, batchSize] = [Number(values.seconds), Number(values.width), Number(values.batch)];
  const mpi = await connect();
  const exchanges: Exchange[] = [];
  for (const bytes of values.sizes!.split(',').map(Number)) {
    const array = new Float32Array(bytes / 4).fill(mpi.rank);
    exchanges.push({ ranks: mpi.size, bytes, seconds: await timeLaps(mpi, () => mpi.allReduce(array), seconds) });
  }
  const { run, gradientBytes } = await createStep(mpi, { width, batchSize });
  for (let i = 0; i < WARM_STEPS; i++) await run();
  const step = { ranks: mpi.size, seconds: await timeLaps(mpi, run, 2 * seconds), gradientBytes };
  if (mpi.rank === 0) process.stdout.write(`${JSON.stringify({ library: mpi.library, exchanges, step })}\n`);
}

/** A training step with the paper's settings, of which every rank computes one batch, and the bytes of each sum of gradients. */
async function createStep(mpi: Mpi, { width, batchSize }: { width: number; batchSize: number }) {
  await startBackend('wasm', { threads: 1 });
  const model = createCmcgan({ width, seed: 1 });
  const { discriminatorVariables, generatorVariables } = model;
  const step = createTrainingStep({
    model,
    discriminatorOptimizer: createMomentum({ variables: discriminatorVariables, learningRate: 0.001, momentum: 0.9 }),
    generatorOptimizer: createAdam({ variables: generatorVariables, learningRate: 0.001 }),
    communicator: mpi,
  });
  const neighbours = Int32Array.from({ length: batchSize }, (_, index) => (index + 1) % batchSize);
  const batch = {
    images: randomUniform([batchSize, 128, 128, 3], -1, 1, 'float32', 1) as Tensor4D,
    sounds: randomUniform([batchSize, 128, 32, 1], -1, 1, 'float32', 2) as Tensor4D,
    wrongSounds: neighbours,
    wrongImages: neighbours,
  };
  const random = createRandom(1);
  const gradientBytes = [discriminatorVariables, generatorVariables].map(
    (variables) => 4 * variables.reduce((sum, { size }) => sum + size, 0),
  );
  return { run: async () => void (await step.run([batch], random)), gradientBytes };
}

/** The median over the laps of some seconds, each as long as its slowest rank. */
async function timeLaps(mpi: Mpi, task: () => Promise<void>, seconds: number): Promise<number> {
  const lap = async () => {
    await mpi.barrier();
    const start = performance.now();
    await task();
    const took = Float64Array.of(performance.now() - start);
    await mpi.allReduce(took, 'max');
    return took[0]! / 1000;
  };
  await lap(); // sets up connections and memory
  const laps = Math.max(3, Math.min(200, Math.round(seconds / (await lap()))));
  const times = [];
  for (let i = 0; i < laps; i++) times.push(await lap());
  return median(times);
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
