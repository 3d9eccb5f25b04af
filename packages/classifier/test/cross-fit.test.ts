import { createRandom } from '@cmcgan/random';
import { useWasmKernels } from '@cmcgan/tfjs-kernels/wasm';
import type { WasmKernels } from '@cmcgan/tfjs-kernels/wasm';
import { memory, tensor4d } from '@tensorflow/tfjs-core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { crossFitOpinionPool } from '../src/index';
import type { CrossFitOptions, LabelledPair, SampleGenerator } from '../src/index';
import { bandedData as data, bandedPairs } from './banded-data';

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

/** Hears the class of a sound from the loudest of three bands, and generates the image of that class, or of another with `errs`. */
function bandedGenerator({ errs }: { errs: boolean }): SampleGenerator {
  const random = createRandom(1);
  return {
    latentSize: 0,
    generateImage(sounds) {
      const values = sounds.dataSync();
      const classIds = Array.from({ length: sounds.shape[0] }, (_, i) => {
        const levels = [0, 1, 2].map((id) =>
          meanOf(values.subarray(i * 4096 + (20 + 35 * id) * 32, i * 4096 + (36 + 35 * id) * 32)),
        );
        return errs ? random.integer(3) : levels.indexOf(Math.max(...levels));
      });
      const images = classIds.flatMap((id) =>
        Array.from({ length: 128 * 384 }, (_, i) => (isIn(id, Math.floor(i / 384)) ? 0.5 : -0.3)),
      );
      return tensor4d(images, [classIds.length, 128, 128, 3]) as Tensor4D;
    },
  };
}
const isIn = (id: number, row: number) => row >= 20 + 35 * id && row < 36 + 35 * id;
const meanOf = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

const fit = (parts: CrossFitOptions<LabelledPair>['parts'], onProgress?: CrossFitOptions<LabelledPair>['onProgress']) =>
  crossFitOpinionPool({ data, pairs, parts, seed: 1, width: 1 / 16, steps: { V: 25, A: 25 }, onProgress });

describe('crossFitOpinionPool', () => {
  it(
    'trusts generated images as far as they show the right class for pairs that the generator did not see',
    { timeout: 300_000 },
    async () => {
      const partsOf = (errs: boolean) => folds.map(({ unseen }) => ({ generator: bandedGenerator({ errs }), unseen }));
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
    const parts = [{ generator: bandedGenerator({ errs: false }), unseen }];
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
    await expect(fit([{ generator: bandedGenerator({ errs: false }), unseen: [] }])).rejects.toThrow(
      'crossFitOpinionPool: unseen must hold at least one pair of each part, got none',
    );
  });
});
