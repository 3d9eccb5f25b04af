import '@tensorflow/tfjs-backend-cpu';
import { setBackend, tensor4d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { hearInRange } from './judge-samples';

beforeAll(() => setBackend('cpu'));

describe('hearInRange', () => {
  it('writes the same decibels in another range, clipped to it', () => {
    const sounds = tensor4d([-1, 0, 0.5, 1], [1, 4, 1, 1]); // -80, -40, -20, 0 dB
    const heard = hearInRange(sounds, { floorDb: -80, ceilingDb: 0 }, { floorDb: -60, ceilingDb: -10 }).dataSync();
    // From -60 (-1) to -10 dB (1), the middle -35 dB: -40 dB is -0.2, -20 dB is 0.6; -80 and 0 dB lie outside.
    [-1, -0.2, 0.6, 1].forEach((value, i) => expect(heard[i]).toBeCloseTo(value, 6));
  });

  it('leaves sounds of the same range as they are', () => {
    const sounds = tensor4d([-1, 0.25], [1, 2, 1, 1]);
    const range = { floorDb: -62.3, ceilingDb: 17.7 };
    expect([...hearInRange(sounds, range, { ...range }).dataSync()]).toEqual([-1, 0.25]);
  });
});
