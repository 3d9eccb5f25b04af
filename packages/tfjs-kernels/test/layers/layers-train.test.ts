import '@tensorflow/tfjs-backend-cpu';
import { setBackend, train } from '@tensorflow/tfjs-core';
import type { Optimizer } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { useWasmKernels } from '../../src/wasm/index';
import type { WasmKernels } from '../../src/wasm/index';
import { LAYERS } from './layer-cases';
import { trainLayer } from './train-layer';

const OPTIMIZERS: Record<string, () => Optimizer> = {
  sgd: () => train.sgd(0.05),
  momentum: () => train.momentum(0.05, 0.9),
  nesterov: () => train.momentum(0.05, 0.9, true),
  adam: () => train.adam(0.01),
  rmsprop: () => train.rmsprop(0.01),
  'rmsprop, centered': () => train.rmsprop(0.01, 0.9, 0.5, 1e-7, true),
  adagrad: () => train.adagrad(0.05),
  adadelta: () => train.adadelta(0.5),
  adamax: () => train.adamax(0.01),
};

/** Relative to the largest value. Adaptive optimisers amplify rounding where a gradient should be 0: a bias before a normalisation. */
const LOSS_TOLERANCE = 1e-4;
const PREDICTION_TOLERANCE = 2e-2;

let kernels: WasmKernels;
beforeAll(async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  kernels = await useWasmKernels({ threads: 2, variant: 'repeatable' });
});
afterAll(() => kernels.dispose());

/** The largest difference, relative to the largest value. */
function difference(actual: number[], expected: number[]): number {
  const scale = Math.max(1e-3, ...expected.map(Math.abs));
  return Math.max(...expected.map((value, i) => Math.abs(actual[i] - value) / scale));
}

it.each(Object.entries(LAYERS))('%s trains as on the cpu backend, with every optimiser', async (_, layerCase) => {
  for (const [name, optimizer] of Object.entries(OPTIMIZERS)) {
    await setBackend('cpu');
    const expected = await trainLayer(layerCase, optimizer);
    await setBackend('wasm');
    const trained = await trainLayer(layerCase, optimizer);
    expect(trained.losses.map(Number.isFinite), name).toEqual([true, true, true]);
    expect(trained.leaked, name).toBeLessThanOrEqual(expected.leaked);
    if (layerCase.isRandom) continue;
    expect(difference(trained.losses, expected.losses), name).toBeLessThan(LOSS_TOLERANCE);
    expect(difference(trained.predictions, expected.predictions), name).toBeLessThan(PREDICTION_TOLERANCE);
  }
});
