import '@tensorflow/tfjs-backend-cpu';
import { createMomentum } from '@cmcgan/tfjs-kernels';
import { memory, setBackend, tensor1d, variable } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { applyGradients, clipByNorm } from './update-networks';

beforeAll(() => setBackend('cpu'));

/** Two gradients whose squares sum to 9 + 16 + 144 = 13². */
const gradients = () => [tensor1d([3, 4]), tensor1d([12])];
const values = (maxNorm: number) => clipByNorm(gradients(), maxNorm).map((tensor) => [...tensor.dataSync()]);

describe('clipByNorm', () => {
  it('scales all gradients alike to the norm given', () => {
    const [first, second] = values(6.5);
    [...first, ...second].forEach((value, i) => expect(value).toBeCloseTo([1.5, 2, 6][i], 5));
  });

  it('leaves gradients within the norm alone, and gradients of zero finite', () => {
    expect(values(13.1)).toEqual([[3, 4], [12]]);
    expect([...clipByNorm([tensor1d([0])], 1)[0].dataSync()]).toEqual([0]);
  });
});

describe('applyGradients', () => {
  it.each<[number | null, number[]]>([
    [null, [-3, -4, -12]],
    [6.5, [-1.5, -2, -6]],
  ])('steps with gradients clipped to %s and leaves no tensor behind', (maxNorm, expected) => {
    const variables = [variable(tensor1d([0, 0])), variable(tensor1d([0]))];
    const optimizer = createMomentum({ variables, learningRate: 1, momentum: 0 });
    const before = memory().numTensors;
    applyGradients(optimizer, gradients(), maxNorm);
    expect(memory().numTensors).toBe(before);
    variables.flatMap((each) => [...each.dataSync()]).forEach((value, i) => expect(value).toBeCloseTo(expected[i], 5));
  });
});
