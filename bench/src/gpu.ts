import '@tensorflow/tfjs-layers';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { conv2d, dispose, engine, randomUniform, ready, slice } from '@tensorflow/tfjs-core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { startBackend } from '@cmcgan/backends';
import { createCmcgan } from '@cmcgan/model';
import { createRandom } from '@cmcgan/random';
import { createAdam, createMomentum } from '@cmcgan/tfjs-kernels';
import { createTrainingStep } from '@cmcgan/training';
import { runParts } from './run-parts';
import type { Part } from './run-parts';
import { median } from './statistics';

const HELP = `node bench/dist/gpu.js [options], after a build

Measures training on a GPU through WebGPU: whether the kernels are right (the conformance suite), the arithmetic that convolutions reach,
and training steps with and without replay; then the same steps in PyTorch, where Python has it with CUDA. One line of JSON for each result.
Each part has a process of its own and a share of the time. It stops starting measurements when that is up, and names what was left out.

  --widths 0.125,0.25,1  widths of the network (1 is the paper's)
  --batches 16,64        pairs in a batch
  --laps 8               timed steps of each
  --minutes 8            the time that all of it may take
  --only conformance|convolutions|steps|torch  one part of it
`;

const root = fileURLToPath(new URL('../../', import.meta.url));
const { values } = parseArgs({
  options: {
    widths: { type: 'string', default: '0.125,0.25,1' },
    batches: { type: 'string', default: '16,64' },
    laps: { type: 'string', default: '8' },
    minutes: { type: 'string', default: '8' },
    only: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
const [widths, batches] = [values.widths, values.batches].map((list) => list.split(',').map(Number));
const laps = Number(values.laps);
const endsAt = performance.now() + Number(values.minutes) * 60_000;

const print = (result: object): void => console.log(JSON.stringify(result));
const secondsLeft = (): number => (endsAt - performance.now()) / 1000;

/** Whether there is time for another measurement; if not, reports what is left out. */
function hasTime(measurement: object): boolean {
  if (secondsLeft() > 0) return true;
  print({ ...measurement, leftOut: 'the time is up' });
  return false;
}

async function secondsOf(run: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await run();
  return (performance.now() - startedAt) / 1000;
}

function runConformance(): void {
  const suite = 'packages/tfjs-kernels/test/conformance/webgpu.test.ts';
  const options = { cwd: root, encoding: 'utf8', timeout: Math.ceil(Math.max(1, secondsLeft()) * 1000) } as const;
  const { status, stdout } = spawnSync('npx', ['vitest', 'run', suite, '--reporter=json'], options);
  const report = /\{.*"numTotalTests".*\}/s.exec(stdout ?? '')?.[0];
  if (!report) return print({ conformance: `the suite ended with status ${status} and no report` });
  const {
    numPassedTests: passed,
    numFailedTests: failed,
    numPendingTests: skipped,
  } = JSON.parse(report) as Record<string, number>;
  print({ conformance: { passed, failed, skipped } });
}

/** [batch, height and width, input channels, output channels] of 5×5 convolutions of stride 2, as at full width. */
const CONVOLUTIONS = [
  [64, 64, 64, 128],
  [64, 32, 128, 256],
  [64, 16, 256, 512],
] as const;
const REPEATS = 20;

/** The arithmetic that forward passes reach, without reading results. */
async function timeConvolutions(): Promise<void> {
  const scale = Math.min(1, Math.max(...widths));
  for (const [batch, size, from, to] of CONVOLUTIONS) {
    const shape = { batch: Math.min(batch, Math.max(...batches)), size, inChannels: from * scale, outChannels: to * scale };
    if (!hasTime({ convolution: shape })) continue;
    const x = randomUniform([shape.batch, size, size, shape.inChannels]) as Tensor4D;
    const filter = randomUniform([5, 5, shape.inChannels, shape.outChannels]) as Tensor4D;
    const run = async (count: number): Promise<void> => {
      let last = conv2d(x, filter, 2, 'same');
      for (let i = 1; i < count; i++) {
        last.dispose();
        last = conv2d(x, filter, 2, 'same');
      }
      await device().queue.onSubmittedWorkDone();
      const corner = slice(last, [0, 0, 0, 0], [1, 1, 1, 1]);
      await corner.data();
      dispose([last, corner]);
    };
    await run(2);
    const [few, many] = [await secondsOf(() => run(2)), await secondsOf(() => run(2 + REPEATS))];
    const operations = 2 * shape.batch * (size / 2) ** 2 * 25 * shape.inChannels * shape.outChannels;
    const seconds = (many - few) / REPEATS;
    print({ convolution: shape, milliseconds: seconds * 1000, teraflops: operations / seconds / 1e12 });
    dispose([x, filter]);
  }
}

/** What is needed of a WebGPU device. */
interface Device {
  queue: { onSubmittedWorkDone(): Promise<void> };
}

const device = (): Device => (engine().backend as unknown as { device: Device }).device;

/** The step of the paper's model on noise. */
function stepOf(width: number, batchSize: number, replay: 'auto' | 'off') {
  const model = createCmcgan({ width, seed: 1 });
  const discriminatorOptimizer = createMomentum({ variables: model.discriminatorVariables, learningRate: 5e-5, momentum: 0.9 });
  const generatorOptimizer = createAdam({ variables: model.generatorVariables, learningRate: 5e-5 });
  const step = createTrainingStep({ model, discriminatorOptimizer, generatorOptimizer, options: { replay } });
  const neighbours = Int32Array.from({ length: batchSize }, (_, index) => (index + 1) % batchSize);
  const images = randomUniform([batchSize, 128, 128, 3], -1, 1, 'float32', 1) as Tensor4D;
  const sounds = randomUniform([batchSize, 128, 32, 1], -1, 1, 'float32', 2) as Tensor4D;
  const random = createRandom(1);
  return {
    run: () => step.run([{ images, sounds, wrongSounds: neighbours, wrongImages: neighbours }], random),
    dispose() {
      step.dispose();
      discriminatorOptimizer.dispose();
      generatorOptimizer.dispose();
      model.dispose();
      dispose([images, sounds]);
    },
  };
}

async function timeSteps(memoryBytes: () => number): Promise<void> {
  for (const width of widths)
    for (const batch of batches)
      for (const replay of ['off', 'auto'] as const) {
        const measurement = { step: { width, batch, replay } };
        if (!hasTime(measurement)) continue;
        try {
          const step = stepOf(width, batch, replay);
          print({ ...measurement, ...(await timeStep(step.run)), gibibytes: memoryBytes() / 2 ** 30 });
          step.dispose();
        } catch (error) {
          print({ ...measurement, failed: (error as Error).message }); // for instance, out of memory
        }
      }
}

/** The first step compiles the GPU's programs, the second one is recorded, the others may be replayed. */
async function timeStep(run: () => Promise<unknown>): Promise<object> {
  const [firstSeconds, secondSeconds] = [await secondsOf(run), await secondsOf(run)];
  const times: number[] = [];
  for (let lap = 0; lap < laps && (lap === 0 || secondsLeft() > 0); lap++) times.push(await secondsOf(run));
  const summary = { median: median(times), min: Math.min(...times), max: Math.max(...times), laps: times.length };
  return { firstSeconds, secondSeconds, ...summary };
}

/** The same steps in PyTorch on CUDA. */
function timeTorch(): void {
  const script = fileURLToPath(new URL('../peers/torch_gpu.py', import.meta.url));
  const python = process.env.CMCGAN_PYTHON ?? 'python3';
  const flags = ['--widths', values.widths, '--batches', values.batches, '--laps', values.laps];
  if (!hasTime({ torch: 'all' })) return;
  const { status, stderr } = spawnSync(python, [script, ...flags], {
    ...{ stdio: ['ignore', 'inherit', 'pipe'], encoding: 'utf8', timeout: Math.ceil(secondsLeft() * 1000) },
  });
  if (status !== 0) print({ torch: 'not measured', reason: (stderr ?? '').trim().split('\n').at(-1) || 'the time is up' });
}

async function onGpu(measure: (memoryBytes: () => number) => Promise<void>): Promise<void> {
  const startedAt = performance.now();
  const backend = await startBackend('webgpu', { threads: 1, onInfo: (line) => console.error(line) });
  await ready();
  const startSeconds = (performance.now() - startedAt) / 1000;
  print({ device: backend.description, node: process.versions.node, startSeconds });
  await measure(() => backend.memoryBytes() ?? NaN);
  await backend.dispose();
}

/** Each part, and its share of the time. */
const PARTS: Record<string, [share: number, run: () => void | Promise<void>]> = {
  conformance: [2, runConformance],
  convolutions: [1, () => onGpu(timeConvolutions)],
  steps: [3.5, () => onGpu(timeSteps)],
  torch: [1.5, timeTorch],
};

/** A part's own time ends a little before it is killed. */
const minutesOfPart = (seconds: number): string => String((0.9 * seconds) / 60);

async function main(): Promise<void> {
  if (values.help) return console.log(HELP);
  if (values.only !== undefined) {
    if (!Object.hasOwn(PARTS, values.only))
      throw new Error(`gpu: --only must be one of ${Object.keys(PARTS).join(', ')}, got ${values.only}`);
    return PARTS[values.only]![1]();
  }
  const parts = Object.entries(PARTS).map(([name, [share]]): Part => ({
    name,
    share,
    command: (seconds) => [
      process.execPath,
      ...[...process.execArgv, ...process.argv.slice(1)],
      ...['--only', name, '--minutes', minutesOfPart(seconds)], // the last of two flags counts
    ],
  }));
  await runParts(parts, Number(values.minutes) * 60, print);
}

main()
  .then(() => process.exit())
  .catch((error: Error) => {
    console.error(error.message);
    process.exit(1);
  });
