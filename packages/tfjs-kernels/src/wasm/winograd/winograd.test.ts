import '@tensorflow/tfjs-layers';
import { backend_util } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHeap } from '../heap';
import type { Heap } from '../heap';
import { convolutionReference, filterGradientReference, inputGradientReference } from '../kernels/convolutions.reference';
import { sharedBackend } from '../shared-backend';
import { runSteps } from '../step';
import type { Step } from '../step';
import { createThreadPool } from '../thread-pool';
import type { ThreadPool } from '../thread-pool';
import { compileVariant, enableEngineFeatures, VARIANTS } from '../variants';
import { winogradFilterGradient } from './filter-gradient';
import { isWorthwhile } from './is-worthwhile';
import { winogradForward, winogradInputGradient } from './products';

type Info = backend_util.Conv2DInfo;
type Pad = 'same' | 'valid' | [[number, number], [number, number], [number, number], [number, number]];
/** [batch, height, width, inChannels, outChannels, pad, taps = 5]: 5×5 taps at stride 2, or 3×3 at stride 1. */
type Case = [number, number, number, number, number, Pad, (3 | 5)?];

/** Maps beside multiples of a patch, channels beside those of a panel and a tile, tiny maps, odd batches, several groups and slices. */
const CASES: Case[] = [
  [1, 8, 8, 4, 4, 'same'],
  [3, 2, 2, 8, 16, 'same'],
  [5, 4, 6, 12, 20, 'same'],
  [2, 18, 10, 40, 40, 'same'],
  [1, 26, 34, 16, 72, 'same'],
  [7, 10, 6, 68, 36, 'same'],
  [16, 8, 8, 104, 48, 'same'],
  [2, 64, 64, 32, 8, 'same'],
  [3, 64, 64, 64, 8, 'same'],
  [3, 9, 13, 8, 16, [[0, 0], [1, 2], [1, 2], [0, 0]]], // prettier-ignore
];
/** 3×3 taps. */
const THREE_TAPS: Case[] = [
  [1, 4, 4, 4, 4, 'same', 3],
  [2, 1, 1, 8, 8, 'same', 3],
  [3, 9, 14, 12, 20, 'same', 3],
  [2, 10, 7, 40, 136, 'valid', 3],
  [32, 12, 9, 72, 40, 'valid', 3],
  [7, 3, 3, 8, 4, 'valid', 3],
  [2, 11, 6, 8, 16, [[0, 0], [0, 3], [2, 1], [0, 0]], 3], // prettier-ignore
];
/** Without the input gradient, which takes one row and column of padding before. */
const OTHER_PADDING: Case[] = [
  [2, 13, 9, 8, 16, 'same'],
  [3, 15, 22, 16, 8, 'valid'],
  [2, 12, 12, 4, 8, [[0, 0], [3, 0], [0, 4], [0, 0]]], // prettier-ignore
];

/** Those whose channels a variant can transform: in eights where V8 joins vectors. */
const coveredBy = (variant: string, cases: Case[]): Case[] => {
  const channels = variant.startsWith('tile16') ? 8 : 4;
  return cases.filter(([, , , inChannels, outChannels]) => inChannels % channels === 0 && outChannels % channels === 0);
};

const infoOf = ([batch, height, width, ci, co, pad, taps = 5]: Case): Info =>
  backend_util.computeConv2DInfo([batch, height, width, ci], [taps, taps, ci, co], (taps - 1) / 2, 1, pad);
const sizeOf = (shape: number[]): number => shape.reduce((a, b) => a * b, 1);

function random(count: number, seed: number): Float32Array {
  let state = seed >>> 0;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

/** The heap, with a workspace that is filled with NaN whenever it is handed out. */
const poisoned = (heap: Heap): Heap => ({
  ...heap,
  workspace(bytes) {
    const address = heap.workspace(bytes);
    heap.floats(address, bytes / 4).fill(NaN);
    return address;
  },
});

enableEngineFeatures();
const supported = VARIANTS.filter((variant) => compileVariant(variant));

describe.each(supported)('minimal filtering, %s', (variant) => {
  let heap: Heap;
  let pools: ThreadPool[];
  beforeAll(async () => {
    heap = poisoned(createHeap(await sharedBackend()));
    const module = compileVariant(variant)!;
    pools = [await createThreadPool(heap, module, 1), await createThreadPool(heap, module, 3)];
  });
  afterAll(async () => {
    for (const pool of pools) await pool.dispose();
  });

  /** Plans and runs steps into a result filled with NaN; returns what they wrote. */
  function compute(pool: ThreadPool, operands: Float32Array[], resultFloats: number, plan: (addresses: number[]) => Step[]) {
    const addresses = operands.map((values) => heap.allocate(values.length * 4));
    const result = heap.allocate(resultFloats * 4);
    const steps = plan([...addresses, result]);
    operands.forEach((values, i) => heap.floats(addresses[i], values.length).set(values));
    heap.floats(result, resultFloats).fill(NaN);
    runSteps(heap, pool.run, steps);
    const values = heap.floats(result, resultFloats).slice();
    [...addresses, result].forEach((address) => heap.free(address));
    return values;
  }

  function check(operands: Float32Array[], expected: Float64Array, plan: (addresses: number[]) => Step[]): void {
    const [alone, shared] = pools.map((pool) => compute(pool, operands, expected.length, plan));
    const scale = expected.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
    const error = alone.reduce((largest, value, i) => {
      const difference = Math.abs(value - expected[i]);
      return Number.isNaN(difference) ? Infinity : Math.max(largest, difference);
    }, 0);
    expect(error / scale).toBeLessThan(2e-5);
    expect(Buffer.compare(Buffer.from(shared.buffer), Buffer.from(alone.buffer))).toBe(0);
  }

  it.each(coveredBy(variant, [...CASES, ...THREE_TAPS, ...OTHER_PADDING]))(
    'forward and filter gradient %j×%j×%j×%j → %j, pad %j',
    (...shape) => {
      const info = infoOf(shape);
      const [x, filter, dy] = [info.inShape, info.filterShape, info.outShape].map((size, seed) => random(sizeOf(size), seed));
      const tileColumns = pools[0].exports.tileColumns();
      check([x, filter], convolutionReference(info, x, filter), ([a, b, y]) =>
        winogradForward(info, a, b, y, { heap, tileColumns }),
      );
      check([x, dy], filterGradientReference(info, x, dy), ([a, b, dw]) =>
        winogradFilterGradient(info, a, b, dw, { heap, tileColumns }),
      );
    },
  );

  it.each(coveredBy(variant, [...CASES, ...THREE_TAPS]))('input gradient %j×%j×%j×%j → %j, pad %j', (...shape) => {
    const info = infoOf(shape);
    const tileColumns = pools[0].exports.tileColumns();
    const [filter, dy] = [info.filterShape, info.outShape].map((size, seed) => random(sizeOf(size), seed));
    check([dy, filter], inputGradientReference(info, dy, filter), ([a, b, dx]) =>
      winogradInputGradient(info, a, b, dx, { heap, tileColumns }),
    );
  });
});

describe('isWorthwhile', () => {
  it('accepts large maps of many channels', () => {
    for (const tileColumns of [8, 16]) {
      expect(isWorthwhile(infoOf([16, 64, 64, 64, 128, 'same']), 'forward', tileColumns)).toBe(true);
      expect(isWorthwhile(infoOf([16, 16, 16, 64, 128, 'same']), 'inputGradient', tileColumns)).toBe(true);
      expect(isWorthwhile(infoOf([32, 26, 26, 32, 64, 'valid', 3]), 'filterGradient', tileColumns)).toBe(true);
    }
  });

  it('leaves few channels, small maps, uncovered shapes and paddings to the direct kernels', () => {
    expect(isWorthwhile(infoOf([16, 32, 32, 4, 4, 'same']), 'forward', 8)).toBe(false);
    expect(isWorthwhile(infoOf([16, 4, 4, 512, 256, 'same']), 'forward', 8)).toBe(false);
    expect(isWorthwhile(infoOf([16, 128, 128, 3, 64, 'same']), 'forward', 8)).toBe(false);
    expect(isWorthwhile(infoOf([16, 64, 64, 64, 128, 'valid']), 'inputGradient', 8)).toBe(false);
    expect([8, 16].map((tileColumns) => isWorthwhile(infoOf([16, 64, 64, 68, 128, 'same']), 'forward', tileColumns))).toEqual([
      true,
      false,
    ]);
    const [three, one] = [[3, 3], [5, 5]].map(([h, w]) => [h, w, 64, 128] as [number, number, number, number]); // prettier-ignore
    expect(isWorthwhile(backend_util.computeConv2DInfo([16, 64, 64, 64], three, 2, 1, 'same'), 'forward', 8)).toBe(false);
    expect(isWorthwhile(backend_util.computeConv2DInfo([16, 64, 64, 64], one, 1, 1, 'same'), 'forward', 8)).toBe(false);
  });
});
