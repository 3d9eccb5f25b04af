import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createCmcgan } from '@cmcgan/model';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../../test/temporary-folder';
import { assertFiniteWeights } from '../../divergence';
import { verifyCheckpoint } from '../checkpoint/verify-checkpoint';
import { beginSavingRun, createCheckpointTimer, hasName, type SavedRun } from './save-run';
import type { RunPosition } from './training-observer';

const checkpoints = join(temporaryFolder('save-run'), 'checkpoints');
let trained: { model: ReturnType<typeof createCmcgan>; resumables: [] };

beforeAll(async () => {
  await tf.setBackend('cpu');
  trained = { model: createCmcgan({ width: 1 / 64, latentSize: 2, seed: 3 }), resumables: [] };
});

const saveRun = async (run: SavedRun, position: RunPosition) => (await beginSavingRun(run, position)).finished;

beforeEach(() => rmSync(checkpoints, { recursive: true, force: true }));

describe('beginSavingRun', () => {
  const run = () => ({
    ...trained,
    data: { manifestHash: 'abc', classNames: ['cello', 'violin'], decibelRange: { floorDb: -90, ceilingDb: 10 } },
    ...{ seed: 7, accumulate: 1, keepEveryEpochs: 2, folder: checkpoints, names: [] },
  });
  const saved = () => readdirSync(checkpoints).sort();

  it('keeps a checkpoint at the end of every n-th epoch', async () => {
    for (const [epoch, epochStep] of [
      [1, 0],
      [2, 0],
      [2, 5],
      [3, 0],
      [4, 0],
    ])
      await saveRun(run(), { step: 1, epoch, epochStep, trainedMs: 0 });
    expect(saved()).toEqual(['epoch-002', 'epoch-004', 'last', 'previous']);
  });

  it('does not save weights that are not numbers; the checkpoint before stays', async () => {
    await saveRun(run(), { step: 12, epoch: 1, epochStep: 0, trainedMs: 0 });
    const [variable] = trained.model.generatorVariables;
    const good = variable.clone();
    variable.assign(tf.fill(variable.shape, NaN));
    await expect(saveRun(run(), { step: 99, epoch: 1, epochStep: 0, trainedMs: 0 })).rejects.toThrow(/not finite after step 99/);
    variable.assign(good);
    expect((await verifyCheckpoint(join(checkpoints, 'last'))).training.step).toBe(12);
  });
});

describe('when a checkpoint is due', () => {
  /** What is due at each minute after the last checkpoint. */
  function dueAt(options: Parameters<typeof createCheckpointTimer>[1], minutes: number[]) {
    let nowMs = 0;
    const timer = createCheckpointTimer(() => nowMs, options);
    nowMs = 1e6;
    timer.reset();
    return minutes.map((minute) => {
      nowMs = 1e6 + 60_000 * minute;
      return [timer.due, timer.dueAtEpochEnd];
    });
  }

  it.each([
    [{}, [[false, true], [false, true]]], // prettier-ignore
    [{ everyMinutes: 5 }, [[false, true], [true, true]]], // prettier-ignore
    [{ everyMinutes: 5, minMinutes: 2 }, [[false, false], [true, true]]], // prettier-ignore
    [{ everyMinutes: 0.5, minMinutes: 2 }, [[true, true], [true, true]]], // prettier-ignore
    [{ minMinutes: 6 }, [[false, false], [false, false]]], // prettier-ignore
  ])('with %j, after 1 and 5 minutes: within an epoch and at its end', (options, expected) => {
    expect(dueAt(options, [1, 5])).toEqual(expected);
  });

  it('one with a name of its own is always saved', () => {
    const at = (epoch: number, epochStep = 0) => ({ step: 9, epoch, epochStep, trainedMs: 0 });
    expect([at(3), at(4), at(4, 1)].map((position) => hasName({ keepEveryEpochs: 2, names: [] }, position))).toEqual([
      false,
      true,
      false,
    ]);
    expect(hasName({ keepEveryEpochs: 0, names: ['best'] }, at(3))).toBe(true);
  });
});

describe('numbers that are not finite', () => {
  it('in a weight: named with the step', async () => {
    await assertFiniteWeights(trained.model.tensors(), 5);
    const broken = tf.tensor1d([1, NaN]);
    await expect(assertFiniteWeights({ 'encoderV.0.kernel': tf.scalar(1), 'decoderA.6.bias': broken }, 5)).rejects.toThrow(
      'decoderA.6.bias holds numbers that are not finite after step 5',
    );
  });
});
