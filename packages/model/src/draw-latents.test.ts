import '@tensorflow/tfjs-backend-cpu';
import { memory } from '@tensorflow/tfjs-core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { drawLatents } from './draw-latents';

const SHAPE = { batchSize: 2, latentSize: 3 };
const counting = () => {
  let drawn = 0;
  return { normal: () => drawn++ };
};

it('draws the passes one after the other from one source', () => {
  const { VV, VVA } = drawLatents(['VV', 'VVA'], SHAPE, counting()) as Record<string, Tensor4D>;
  expect([VV.shape, VVA.shape]).toEqual([
    [2, 1, 1, 3],
    [2, 1, 1, 3],
  ]);
  expect([...VV.dataSync(), ...VVA.dataSync()]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
});

it('draws each pass by its name where a function draws, and keeps their order', () => {
  const latents = drawLatents(['VVA', 'VV'], SHAPE, (pass, count) => new Float32Array(count).fill(pass.length));
  expect(Object.keys(latents)).toEqual(['VVA', 'VV']);
  expect([...latents.VV!.dataSync()]).toEqual([2, 2, 2, 2, 2, 2]);
  expect([...latents.VVA!.dataSync()]).toEqual([3, 3, 3, 3, 3, 3]);
});

it('draws nothing for a model without latent, and leaves the source where it was', () => {
  const before = memory().numTensors;
  const source = counting();
  expect(drawLatents(['VV'], { batchSize: 2, latentSize: 0 }, source)).toEqual({});
  expect(source.normal()).toBe(0);
  expect(memory().numTensors).toBe(before);
});
