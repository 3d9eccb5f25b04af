import { join } from 'node:path';
import { createCmcgan, type Cmcgan } from '@cmcgan/model';
import { useWasmKernels } from '@cmcgan/tfjs-kernels/wasm';
import type { WasmKernels } from '@cmcgan/tfjs-kernels/wasm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../../test/temporary-folder';
import { runRanks } from '../../../test/local-ranks';
import type { Communicator } from '../../communicator';
import { DivergedError } from '../../divergence';
import { train } from './train';
import type { TrainOptions } from './train-options';
import type { TrainingObserver } from './training-observer';

const root = temporaryFolder('parallel-train');
let kernels: WasmKernels;
beforeAll(async () => {
  kernels = await useWasmKernels({ threads: 1, variant: 'repeatable' });
});
afterAll(() => kernels.dispose());

const pairs = Array.from({ length: 16 }, (_, i) => ({ id: `pair ${i}`, classId: i % 2 }));

/** Pairs told apart by a shade of grey and a tone; `loaded` receives the ids of those that are loaded. */
const dataNoting = (loaded: string[] = []) => ({
  splits: { train: pairs },
  decibelRange: { floorDb: -60, ceilingDb: 20 },
  async load({ id, classId }: { id: string; classId: number }) {
    loaded.push(id);
    return {
      image: new Float32Array(128 * 128 * 3).fill(classId - 0.5 + Number(id.slice(5)) / 100),
      sound: Float32Array.from({ length: 128 * 32 }, (_, at) => (at % 128 === 9 * classId ? 0.5 : -1)),
    };
  },
});
const create = (seed = 3) => createCmcgan({ width: 1 / 64, latentSize: 2, seed });
/** Two epochs of four steps, for two ranks. */
const OPTIONS = { seed: 5, epochs: 2, batchSize: 2, averageDecay: 0.5, augmentation: 'light', step: { replay: 'off' } } as const;
const weightsOf = (model: Cmcgan) => Object.values(model.tensors()).map((tensor) => [...tensor.dataSync()]);

type Given = Partial<TrainOptions> & { model?: Cmcgan };

async function trained({ model = create(), ...options }: Given = {}) {
  const result = await train({ model, data: dataNoting(), ...OPTIONS, ...options });
  const weights = weightsOf(model);
  model.dispose();
  return { ...result, weights };
}

const onRanks = (size: number, optionsOf: (communicator: Communicator) => Given = () => ({})) =>
  runRanks(size, async (communicator) => {
    try {
      return await trained({ communicator, ...optionsOf(communicator) });
    } catch (error) {
      return { error: error as Error };
    }
  });
const errorsOf = (ranks: Awaited<ReturnType<typeof onRanks>>) =>
  ranks.map((each) => ('error' in each ? each.error.message : null));

describe('train on several ranks', () => {
  it('equals one process that accumulates as many passes, to the bit; rank 0 gives the others its weights, and alone notifies', async () => {
    const steps: number[] = [];
    const loaded: string[][] = [[], []];
    const ranks = await onRanks(2, ({ rank }) => ({
      model: create(3 + rank),
      data: dataNoting(loaded[rank]),
      observers: [{ afterStep: (_run, { step }) => void steps.push(10 * rank + step) }],
    }));
    const alone = await trained({ accumulate: 2 });
    for (const rank of ranks) expect(rank).toEqual(alone);
    expect(steps).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    // Every pair is loaded exactly once an epoch.
    const sorted = (ids: string[]) => [...ids].sort();
    expect(loaded.map((ids) => ids.length)).toEqual([16, 16]);
    expect(sorted([...loaded[0].slice(0, 8), ...loaded[1].slice(0, 8)])).toEqual(sorted(pairs.map(({ id }) => id)));
  });

  it('stops after the same step everywhere, whichever rank is asked; resumes to the bit, and within rounding on fewer ranks', async () => {
    const checkpoints = { folder: join(root, 'stopped', 'checkpoints'), resume: true };
    const controllers = [new AbortController(), new AbortController()];
    const stopping: TrainingObserver = { afterStep: (_run, { step }) => void (step === 3 && controllers[1].abort()) };
    const stopped = await onRanks(2, ({ rank }) => ({ checkpoints, observers: [stopping], signal: controllers[rank].signal }));
    for (const each of stopped) expect(each).toMatchObject({ outcome: 'interrupted', position: { step: 3, epochStep: 3 } });
    const quiet = await trained({ accumulate: 2 });
    const copy = { ...checkpoints, folder: join(root, 'stopped', 'checkpoints') };
    for (const rank of await onRanks(2, () => ({ checkpoints: copy, maxSteps: 6 })))
      expect(rank).toMatchObject({ position: { step: 6 } });
    // One process takes both passes of each update by itself.
    const { position, weights } = await trained({ checkpoints: copy });
    expect(position.step).toBe(8);
    expect(weights).toEqual(quiet.weights);
  });

  it('ends where rank 0 asks for it', async () => {
    const ranks = await onRanks(2, () => ({ observers: [{ afterEpoch: (run) => run.stop('good enough') }] }));
    for (const rank of ranks) expect(rank).toMatchObject({ outcome: 'complete', position: { step: 4 } });
    expect(ranks[0]).toMatchObject({ stopReason: 'good enough' });
  });

  it.each<[string, (rank: number) => Given, string]>([
    [
      'another option',
      (rank) => ({ step: { replay: 'off', lambda: rank === 1 ? 2 : 1 } }),
      'all ranks must have the same option step, but rank 0 has {"lambda":1,',
    ],
    [
      'other data',
      (rank) => ({ data: { ...dataNoting(), manifestHash: rank === 2 ? 'b2' : 'a1' } }),
      'all ranks must have the same data (manifestHash), but rank 0 has a1, and rank 2 has b2',
    ],
    [
      'other networks',
      (rank) => ({ model: createCmcgan({ width: 1 / 64, latentSize: rank === 0 ? 2 : 3, seed: 3 }) }),
      'all ranks must have the same names and shapes of weights (hash), but rank 0 has',
    ],
  ])('refuses %s on a rank, with one message everywhere', async (_, optionsOf, message) => {
    const errors = errorsOf(await onRanks(3, ({ rank }) => optionsOf(rank)));
    expect(errors[0]).toContain(message);
    expect(new Set(errors).size).toBe(1);
  });

  it('names the ranks whose weights are no longer those of rank 0', async () => {
    const model = create();
    const spoil = async (rank: number) => {
      if (rank === 1) model.generatorVariables[0].assign(create(9).generatorVariables[0] as never);
    };
    const errors = errorsOf(
      await onRanks(2, ({ rank }) => {
        const data = dataNoting();
        let count = 0;
        const load = async (pair: (typeof pairs)[number]) => {
          if (++count === 14) await spoil(rank);
          return data.load(pair);
        };
        return { ...(rank === 1 && { model }), data: { ...data, load }, averageDecay: null };
      }),
    );
    expect(errors[0]).toMatch(
      /must have the same weights after step 8, but rank 0 has [0-9a-f]{64}, and rank 1 has [0-9a-f]{64}/,
    );
    expect(errors[1]).toBe(errors[0]);
  });

  it('fails alike everywhere where rank 0 fails before the first step, or the losses diverge', async () => {
    const checkpoints = { folder: join(root, 'stopped', 'checkpoints') };
    const errors = errorsOf(await onRanks(2, () => ({ checkpoints })));
    expect(errors[0]).toMatch(/holds the checkpoints of a run/);
    expect(errors[1]).toBe(errors[0]);
    const diverged = await onRanks(2, () => ({ lossLimit: 1e-6 }));
    for (const each of diverged) expect('error' in each && each.error).toBeInstanceOf(DivergedError);
  });

  it('needs a pass for each rank', async () => {
    const [error] = errorsOf(await onRanks(2, () => ({ accumulate: 1 })));
    expect(error).toBe('train: accumulate must be at least the number of ranks (2), which share these passes, got 1');
  });
});
