import '@tensorflow/tfjs-backend-cpu';
import { memory, setBackend, tensor4d, tidy, type Tensor4D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { atRange } from './at-range';

const own = { floorDb: -60, ceilingDb: 20 };
const data = { floorDb: -70, ceilingDb: 10 };
const sounds = (...values: number[]) => tensor4d(values, [1, values.length, 1, 1]);

beforeAll(async () => {
  await setBackend('cpu');
});

describe('atRange', () => {
  it('gives a generator the same levels at its own range, and takes its sounds back to that of the data', () => {
    const heard: number[][] = [];
    const generator = {
      latentSize: 0,
      generateImage: (given: Tensor4D) => {
        heard.push([...given.dataSync()]);
        return given.clone();
      },
      // -60, -20, 0 and 20 dB
      generateSound: () => sounds(-1, 0, 0.5, 1),
    };
    const before = memory().numTensors;
    const made = tidy(() => {
      const at = atRange(generator, { own, data });
      at.generateImage!(sounds(-1, -0.75, 0, 1)); // -70, -60, -30 and 10 dB
      return [...at.generateSound!(sounds(0)).dataSync()];
    });
    expect(heard).toEqual([[-1, -1, -0.25, 0.75]]); // -60, as low as it goes, -60, -30 and 10 dB
    expect(made).toEqual([-0.75, 0.25, 0.75, 1]); // -60, -20, 0 and 10 dB, as high as it goes
    expect(memory().numTensors).toBe(before);
  });

  it('lacks what the generator lacks, and leaves one of the same range alone', () => {
    const generator = { latentSize: 3, generateSound: () => sounds(0) };
    expect(atRange(generator, { own, data })).toEqual({ latentSize: 3, generateSound: expect.any(Function) });
    expect(atRange(generator, { own, data: { ...own } })).toBe(generator);
  });
});
