import { createRandom } from '@cmcgan/random';
import { useWasmKernels } from '@cmcgan/tfjs-kernels/wasm';
import type { WasmKernels } from '@cmcgan/tfjs-kernels/wasm';
import { memory } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { crossFitOpinionPool } from '../src/index';
import type { CrossFitOptions, LabelledPair, SampleGenerator } from '../src/index';
import { bandedData as data, bandedGenerator, bandedPairs } from './banded-data';

let kernels: WasmKernels;
beforeAll(async () => {
  kernels = await useWasmKernels({ threads: 2, variant: 'tile8' });
});
afterAll(() => kernels.dispose());

const pairs = bandedPairs(8);
const folds = [0, 1].map((fold) => ({
  train: pairs.filter((_, i) => i % 2 !== fold),
  unseen: pairs.filter((_, i) => i % 2 === fold),
}));

/** Generates the image of the class that it hears, or of any class with `errs`. */
function hearingGenerator({ errs }: { errs: boolean }): SampleGenerator {
  const random = createRandom(1);
  return bandedGenerator((heard) => (errs ? random.integer(3) : heard));
}

const fit = (parts: CrossFitOptions<LabelledPair>['parts'], onProgress?: CrossFitOptions<LabelledPair>['onProgress']) =>
  crossFitOpinionPool({ data, pairs, parts, seed: 1, width: 1 / 16, steps: { V: 25, A: 25 }, onProgress });

describe('crossFitOpinionPool', () => {
  it(
    'trusts generated images as far as they show the right class for pairs that the generator did not see',
    { timeout: 300_000 },
    async () => {
      const partsOf = (errs: boolean) => folds.map(({ unseen }) => ({ generator: hearingGenerator({ errs }), unseen }));
      const before = memory().numTensors;
      const right = await fit(partsOf(false));
      const wrong = await fit(partsOf(true));
      expect(memory().numTensors).toBe(before);
      expect(right.weights.generatedImage.V).toBeGreaterThan(wrong.weights.generatedImage.V + 0.1);
      expect(right.weights.real).toEqual(wrong.weights.real);
      expect([right.pairs, right.calibration.generatedSound]).toEqual([24, null]);
      expect(wrong.weights.generatedSound).toEqual({ V: 1, A: 0 });
      expect(wrong.calibration.generatedImage!.pooled).toBeLessThan(wrong.calibration.generatedImage!.lateFusion);
    },
  );

  it('loads no unseen pair while it trains the classifiers of a part', async () => {
    const [{ unseen, train }] = folds;
    const loaded = new Set<string>();
    let atLastStep: string[] = [];
    const noting = { ...data, load: (pair: LabelledPair) => (loaded.add(pair.id), data.load(pair)) };
    const parts = [{ generator: hearingGenerator({ errs: false }), unseen }];
    const onProgress = () => void (atLastStep = [...loaded]);
    await crossFitOpinionPool({
      data: noting,
      pairs,
      parts,
      seed: 1,
      width: 1 / 16,
      steps: { V: 4, A: 4 },
      batchSize: 4,
      onProgress,
    });
    expect(atLastStep.sort()).toEqual(train.map(({ id }) => id).sort());
    expect(loaded.size).toBe(pairs.length);
  });

  it('names what it lacks', async () => {
    await expect(fit([])).rejects.toThrow('crossFitOpinionPool: parts must hold at least one part, got none');
    await expect(fit([{ generator: hearingGenerator({ errs: false }), unseen: [] }])).rejects.toThrow(
      'crossFitOpinionPool: unseen must hold at least one pair of each part, got none',
    );
  });
});
