import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createCmcgan, type Cmcgan } from '@cmcgan/model';
import { loadModel, saveModel } from '@cmcgan/model/node';
import { useWasmKernels } from '@cmcgan/tfjs-kernels/wasm';
import type { WasmKernels } from '@cmcgan/tfjs-kernels/wasm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../../test/temporary-folder';
import { batchPairs } from '../../training-batches';
import { TRAINING_FILE } from '../checkpoint/checkpoint';
import { verifyCheckpoint } from '../checkpoint/verify-checkpoint';
import { train } from './train';
import type { TrainOptions } from './train-options';
import type { TrainingObserver } from './training-observer';

const root = temporaryFolder('train');
let kernels: WasmKernels;
beforeAll(async () => {
  kernels = await useWasmKernels({ threads: 1, variant: 'repeatable' });
});
afterAll(() => kernels.dispose());

/** Twenty pairs of two classes, identified by a shade of grey and a tone. */
const pairs = Array.from({ length: 20 }, (_, i) => ({ id: `pair ${i}`, classId: i % 2 }));
const data = {
  splits: { train: pairs },
  decibelRange: { floorDb: -60, ceilingDb: 20 },
  classNames: ['dark', 'bright'],
  load: async ({ id, classId }: { id: string; classId: number }) => ({
    image: new Float32Array(128 * 128 * 3).fill(classId - 0.5 + Number(id.slice(5)) / 100),
    sound: Float32Array.from({ length: 128 * 32 }, (_, at) => (at % 128 === 9 * classId ? 0.5 : -1)),
  }),
};
const create = () => createCmcgan({ width: 1 / 64, latentSize: 2, seed: 3 });
/** Two epochs of two steps, each of two passes. */
const OPTIONS = { data, seed: 5, epochs: 2, batchSize: 4, accumulate: 2, averageDecay: 0.5 } as const;
const weightsOf = (model: Cmcgan) => Object.values(model.tensors()).map((tensor) => [...tensor.dataSync()]);

async function trained(options: Partial<TrainOptions> = {}, model = create()) {
  const result = await train({ model, ...OPTIONS, ...options });
  return { ...result, model, weights: weightsOf(model) };
}

/** An observer that records its calls, and stops or fails after a given number of steps. */
function watching({ failAt = Infinity, abortAt = Infinity }: { failAt?: number; abortAt?: number } = {}) {
  const told: string[] = [];
  const controller = new AbortController();
  const note =
    (event: string) =>
    (_run: unknown, { step }: { step: number }) =>
      void told.push(`${event} ${step}`);
  const observer: TrainingObserver = {
    ...{ start: note('start'), afterEpoch: note('epoch'), beforeCheckpoint: note('before'), afterCheckpoint: note('saved') },
    afterStep(_run, { step }, { losses }) {
      told.push(`step ${step}`);
      expect(Number.isFinite(losses.generator.total)).toBe(true);
      if (step === abortAt) controller.abort();
      if (step === failAt) throw new Error('killed');
    },
    finish: (_run, { step }, outcome) => void told.push(`${outcome} ${step}`),
  };
  return { told, observers: [observer], signal: controller.signal };
}

describe('train', () => {
  it('leaves the facts about the data in the model, so that it can be saved and used on its own', async () => {
    const { model } = await trained({ epochs: 1 });
    await saveModel(model, join(root, 'facts'));
    const { config } = await loadModel(join(root, 'facts'));
    expect(config).toMatchObject({ decibelRange: data.decibelRange, sampleRateHz: 44_100, classNames: data.classNames });
  });

  it('notifies observers of steps, epochs and checkpoints, and leaves a model that loads with the facts about its data', async () => {
    const { told, observers } = watching();
    const folder = join(root, 'told', 'checkpoints');
    const { position, outcome, weights } = await trained({ observers, checkpoints: { folder } });
    expect([position, outcome]).toEqual([{ step: 4, epoch: 2, epochStep: 0, trainedMs: 0 }, 'complete']);
    // Training goes on while a checkpoint is written: when it is, depends on the disk, but it is before the next one is begun.
    const [saved, others] = [true, false].map((wanted) => told.filter((event) => event.startsWith('saved') === wanted));
    const epoch = (first: number, last: number) => [`step ${first}`, `step ${last}`, `epoch ${last}`, `before ${last}`];
    expect(others).toEqual(['start 0', ...epoch(1, 2), ...epoch(3, 4), 'complete 4']);
    expect(saved).toEqual(['saved 2', 'saved 4']);
    expect(told.indexOf('saved 2')).toBeLessThan(told.indexOf('before 4'));
    expect(told.slice(-2)).toEqual(['saved 4', 'complete 4']);
    const loaded = (await loadModel(join(root, 'told'))) as Cmcgan;
    expect(weightsOf(loaded)).toEqual(weights);
    expect(loaded.config).toMatchObject({ decibelRange: data.decibelRange, classNames: data.classNames });
    await expect(trained({ checkpoints: { folder } })).rejects.toThrow(
      /holds the checkpoints of a run; continue it with checkpoints.resume/,
    );
  });

  it.each<[string, Partial<TrainOptions>]>([
    ['the defaults', {}],
    [
      'options for few pairs',
      {
        ...{ sampling: 'balanced', augmentation: 'encoder-ears' },
        step: { discriminatorAugmentation: 'all', gradientPenalty: 0.1, spectralScales: 2 },
      },
    ],
  ])(
    'equals an uninterrupted run bit for bit: stopped by the signal within an epoch, killed, and resumed twice: %s',
    async (name, options) => {
      const quiet = await trained(options);
      const folder = join(root, `resumed with ${name}`, 'checkpoints');
      const { told: stopped, ...stopping } = watching({ abortAt: 1 });
      const { outcome, position } = await trained({ ...options, ...stopping, checkpoints: { folder } });
      expect([outcome, position.step, stopped.at(-1)]).toEqual(['interrupted', 1, 'interrupted 1']);
      const checkpoints = { folder, resume: true, everyMinutes: 1e-9 };
      const { told: killed, ...killing } = watching({ failAt: 3 });
      const clock = { nowMs: () => performance.now() };
      await expect(trained({ ...options, ...killing, ...clock, checkpoints })).rejects.toThrow('killed');
      expect(killed.at(-1)).toBe('failed 3');
      const resumed = await trained({ ...options, checkpoints: { folder, resume: true } });
      expect(resumed.position.step).toBe(4);
      expect(resumed.weights).toEqual(quiet.weights);
    },
  );

  it('saves by time where epochs are shorter, and always at the end', async () => {
    const { told, observers } = watching();
    let minutes = 0;
    const clock = { nowMs: () => 60_000 * minutes };
    const ticking: TrainingObserver = { afterStep: () => void minutes++ };
    const checkpoints = { folder: join(root, 'by-time', 'checkpoints'), minMinutes: 4 };
    await trained({ ...clock, epochs: 5, observers: [...observers, ticking], checkpoints });
    expect(told.filter((event) => event.startsWith('before'))).toEqual(['before 4', 'before 8', 'before 10']);
  });

  it('stops when a checkpoint cannot be written, at the end of the next epoch at the latest, and keeps the one before', async () => {
    const folder = join(root, 'failing', 'checkpoints');
    const { told, observers } = watching();
    /** A folder where the list of files goes, which then cannot be written, from the second checkpoint on. */
    const breaking: TrainingObserver = {
      resumable: {
        name: 'breaking',
        restore: () => {},
        state() {
          if (existsSync(join(folder, 'last'))) mkdirSync(join(folder, 'last.partial', TRAINING_FILE), { recursive: true });
          return {};
        },
      },
    };
    const failed = trained({ epochs: 5, observers: [...observers, breaking], checkpoints: { folder } });
    await expect(failed).rejects.toMatchObject({ code: 'EISDIR' });
    expect(told.at(-1)).toMatch(/^failed [4-6]$/);
    expect(readdirSync(folder)).toEqual(['last']);
    expect((await verifyCheckpoint(join(folder, 'last'))).training.step).toBe(2);
  });

  it('trains on custom batches as on the pairs that they are made of', async () => {
    const own = batchPairs(data, { batchSize: 4, seed: 5 });
    const { weights } = await trained({ data: { ...own, decibelRange: data.decibelRange }, batchSize: undefined });
    expect(weights).toEqual((await trained()).weights);
  });

  it('fine-tunes the weights that it is given, and keeps what their model knows of its data', async () => {
    const folder = join(root, 'tuned', 'checkpoints');
    const model = (await loadModel(join(root, 'told'))) as Cmcgan;
    const before = weightsOf(model);
    const ownData = { splits: data.splits, load: data.load };
    const { weights } = await trained({ data: ownData, epochs: 1, maxSteps: 1, checkpoints: { folder } }, model);
    expect(weights).not.toEqual(before);
    const { config } = (await loadModel(join(root, 'tuned'))) as Cmcgan;
    expect(config).toMatchObject({ decibelRange: data.decibelRange, classNames: data.classNames });
  });

  it('fails if a loss is too large, and saves nothing', async () => {
    const folder = join(root, 'diverged', 'checkpoints');
    await expect(trained({ lossLimit: 1e-9, checkpoints: { folder } })).rejects.toThrow(
      /^the discriminator's \w+ loss has exploded to \S+, beyond lossLimit 1e-9, at step 1; try a lower learning rate or another seed$/,
    );
    expect(existsSync(join(folder, 'last'))).toBe(false);
  });

  it.each<[string, object, string]>([
    [
      'an option that does not exist',
      { learningRate: 1 },
      'train: there is no option learningRate; the options are model, data,',
    ],
    ['no epochs', { epochs: 0 }, 'train: epochs must be a whole number of at least 1, got 0'],
    ['a limit of time without a clock', { maxMinutes: 1 }, 'train: maxMinutes must come with the clock nowMs'],
    ['too few pairs', { batchSize: 40 }, 'train: data must make at least 2 batches (accumulate), got 0; use a smaller batchSize'],
    [
      'a range that nothing says',
      { data: { ...data, decibelRange: undefined }, checkpoints: { folder: 'x' } },
      'train: data.decibelRange must',
    ],
    [
      'sampling of batches that are made already',
      { data: batchPairs(data, { batchSize: 4, seed: 5 }), batchSize: undefined, sampling: 'balanced' },
      'train: sampling must be left out where data makes its own batches, got balanced',
    ],
    [
      'another seed on resuming',
      { seed: 6, checkpoints: { folder: join(root, 'told', 'checkpoints'), resume: true } },
      'train: seed must be 5',
    ],
  ])('refuses %s', async (_, options, message) => {
    await expect(trained(options)).rejects.toThrow(message);
  });
});
