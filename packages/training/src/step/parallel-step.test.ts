import { createChenGan, createCmcgan } from '@cmcgan/model';
import type { ChenGan, Cmcgan } from '@cmcgan/model';
import { useWasmKernels } from '@cmcgan/tfjs-kernels/wasm';
import type { WasmKernels } from '@cmcgan/tfjs-kernels/wasm';
import { memory } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runRanks } from '../../test/local-ranks';
import { noiseBatch, TINY } from '../../test/step-fixture';
import { ALONE, shareOf, type Communicator } from '../communicator';
import { createTrainer } from '../trainer';
import type { TrainerOptions } from '../trainer';
import type { StepLosses } from './step-losses';

/** Where a step is recorded, the first one runs as it is, the second one is recorded, the others are replayed. */
const STEPS = 4;

let kernels: WasmKernels;
beforeAll(async () => {
  kernels = await useWasmKernels({ threads: 2, variant: 'tile8' });
});
afterAll(() => kernels.dispose());

type Case = { model?: () => Cmcgan | ChenGan; options?: Partial<TrainerOptions>; microBatches: number; ranks: number };

const CASES: Record<string, Case> = {
  '2 ranks': { ranks: 2, microBatches: 2 },
  '4 ranks': { ranks: 4, microBatches: 4 },
  '3 ranks, several generator updates, clipping, an average': {
    ranks: 3,
    microBatches: 3,
    options: { step: { generatorUpdates: 2, gradientClip: 0.5 }, averageDecay: 0.9 },
  },
  '2 ranks, differentiable augmentation': {
    ranks: 2,
    microBatches: 2,
    options: { step: { discriminatorAugmentation: 'all' } },
  },
  '2 ranks, a baseline': {
    ...{ ranks: 2, microBatches: 2, options: { step: { fakes: 'both' } } },
    model: () => createChenGan({ from: 'A', feature: 'learnt', width: 1 / 64, featureSize: 4, seed: 1, initialisation: 'he' }),
  },
};

/** Losses of the steps, and the weights and averages after them. */
async function trained(each: Case, communicator: TrainerOptions['communicator'], replay: 'auto' | 'off' = 'off') {
  const model = each.model?.() ?? createCmcgan({ ...TINY, seed: 1 });
  // Ranks that take turns in one process must not record: a recording expects to be alone.
  const step = { ...each.options?.step, replay } as const;
  const trainer = createTrainer({ model, seed: 1, ...each.options, step, communicator });
  const share = shareOf(each.microBatches, communicator ?? { rank: 0, size: 1 });
  const losses: StepLosses[] = [];
  for (let step = 0; step < STEPS; step++) {
    const batches = Array.from({ length: share.count }, (_, i) => noiseBatch(2, 1 + 20 * step + 2 * (share.first + i)));
    losses.push(await trainer.step(batches, { step, plannedSteps: STEPS }, share));
    for (const { images, sounds } of batches) [images, sounds].forEach((tensor) => tensor.dispose());
  }
  const weights = Object.values({ ...model.tensors(), ...trainer.model.tensors() }).map((each) => [...each.dataSync()]);
  trainer.dispose();
  model.dispose();
  return { losses, weights };
}

const totalsOf = ({ losses }: Awaited<ReturnType<typeof trained>>): number[] =>
  losses.flatMap(({ discriminator, generator }) => [discriminator.total, generator.total]);

describe('a training step of several ranks', () => {
  it.each(Object.entries(CASES))('equals that of one process with as many micro-batches, to the bit: %s', async (_, each) => {
    const before = memory().numTensors;
    const ranks = await runRanks(each.ranks, (communicator) => trained(each, communicator));
    expect(memory().numTensors).toBe(before);
    const alone = await trained(each, undefined);
    expect(new Set(alone.losses.map((losses) => JSON.stringify(losses))).size).toBe(STEPS);
    for (const rank of ranks) expect(rank).toEqual(alone);
  });

  it('equals it within rounding where ranks take several micro-batches, or one more than others', async () => {
    const each: Case = { ranks: 2, microBatches: 5 };
    const [first, second] = await runRanks(2, (communicator) => trained(each, communicator));
    const alone = await trained(each, undefined);
    expect(second).toEqual(first);
    const [actual, expected] = [first, alone].map(({ weights }) => weights.flat());
    const distance = Math.hypot(...actual.map((value, i) => value - expected[i])) / Math.hypot(...expected);
    // The steps move the weights by 0.3. Adam follows the sign of gradients that are next to nothing, which rounding decides.
    expect(distance).toBeLessThan(0.01);
    // Changing one weight by 1e-6 changes the losses of this network by 1e-6 in the third step, and by 0.01 in the fifth.
    const losses = [first, alone].map((each) => totalsOf(each).slice(0, 6));
    expect(losses[0]).toEqual(losses[1].map((total) => expect.closeTo(total, 4) as number));
  });

  it.each(Object.entries(CASES).filter(([, { ranks }]) => ranks < 4))(
    'is recorded in parts, and replays to the same bits: %s',
    async (_, each) => {
      // Stands for a second rank that always has the same values.
      const twice: Communicator = {
        ...ALONE,
        size: 2,
        allReduce: async (values) => void values.forEach((v, i) => (values[i] = 2 * v)),
      };
      const before = memory().numTensors;
      const replayed = await trained(each, twice, 'auto');
      expect(memory().numTensors).toBe(before);
      expect(replayed).toEqual(await trained(each, twice));
    },
  );
});
