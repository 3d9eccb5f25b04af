import '@tensorflow/tfjs-layers';
import { describe, it, vi } from 'vitest';
import { hasGpu } from '../../../../test/extras/gpu';
import { TILES } from '../../src/webgpu/shaders/tile';
import type { Tile } from '../../src/webgpu/shaders/tile';
import { convolve, expectedConvolution } from './convolution-cases';
import type { ConvolutionCase } from './convolution-cases';
import { expectClose } from './expect-close';
import { on } from './on-backend';
import { webgpuRow } from './webgpu-row';

const forced: { tile?: Tile } = {};
vi.mock('../../src/webgpu/shaders/tile', async (original) => {
  const actual = await original<typeof import('../../src/webgpu/shaders/tile')>();
  return { ...actual, chooseTile: (size: Parameters<typeof actual.chooseTile>[0]) => forced.tile ?? actual.chooseTile(size) };
});

/** A software driver takes long to compile them. */
const TEST_LIMIT_MS = 300_000;

/** More rows, columns and depths than any tile has, in fours and not, with strides and without. */
const CASES: ConvolutionCase[] = [
  [3, 11, 10, 28, 136, 3, 3, 2, 'same'],
  [2, 9, 9, 17, 131, 3, 2, 1, 'valid'],
];

describe('the tiles for large products are right for small ones too on webgpu', () => {
  if (!hasGpu('the tiles for large products')) return it.skip('there is no GPU', () => undefined);
  it.each((['large', 'tall'] as const).flatMap((name) => CASES.map((shape) => [name, shape] as const)))(
    '%s, convolution %j',
    on(webgpuRow, async (name: 'large' | 'tall', shape: ConvolutionCase) => {
      const expected = await expectedConvolution(shape);
      forced.tile = TILES[name];
      const results = convolve(shape);
      forced.tile = undefined;
      await expectClose(results.forward, expected.forward, 1e-5);
      await expectClose(results.inputGradient, expected.inputGradient, 1e-5);
      await expectClose(results.filterGradient, expected.filterGradient, 1e-5);
    }),
    TEST_LIMIT_MS,
  );
});
