import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCmcgan } from '@cmcgan/model';
import { createRandom } from '@cmcgan/random';
import { createAdam, createMomentum } from '@cmcgan/tfjs-kernels';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Resumable } from '../../resumable';
import { optimizerResumable, randomResumable } from '../../resumable';
import { temporaryFolder } from '../../../../../test/temporary-folder';
import { TRAINING_FILE } from './checkpoint';
import { previousCheckpoint } from './checkpoint-folder';
import { openCheckpoint } from './open-checkpoint';
import { restoreCheckpoint } from './restore-checkpoint';
import { saveCheckpoint } from './save-checkpoint';
import { verifyCheckpoint } from './verify-checkpoint';

const root = temporaryFolder('checkpoint');
const folder = join(root, 'run', 'checkpoints', 'last');
const POSITION = {
  ...{ step: 12, epoch: 3, epochStep: 1, trainedMs: 1500, seed: 7 },
  data: { manifestHash: 'abc', classNames: ['cello', 'violin'], decibelRange: { floorDb: -90, ceilingDb: 10 } },
};

function tinyTrainerState() {
  const model = createCmcgan({ width: 1 / 64, latentSize: 2, seed: 3 });
  const { discriminatorVariables, generatorVariables } = model;
  const discriminatorOptimizer = createMomentum({ variables: discriminatorVariables, learningRate: 0.1 });
  const generatorOptimizer = createAdam({ variables: generatorVariables, learningRate: 0.1 });
  const latentRandom = createRandom(7).fork('latents');
  const resumables: Resumable[] = [
    optimizerResumable('generator-optimizer', generatorOptimizer),
    optimizerResumable('discriminator-optimizer', discriminatorOptimizer),
    randomResumable('latents', latentRandom),
  ];
  return { model, discriminatorOptimizer, generatorOptimizer, latentRandom, resumables };
}

function moveWeights({ model, generatorOptimizer, discriminatorOptimizer }: ReturnType<typeof tinyTrainerState>): void {
  tf.tidy(() => {
    generatorOptimizer.step(model.generatorVariables.map((variable) => tf.onesLike(variable)));
    discriminatorOptimizer.step(model.discriminatorVariables.map((variable) => tf.onesLike(variable)));
  });
}

const valuesOf = (tensors: Record<string, tf.Tensor>) =>
  Object.fromEntries(Object.entries(tensors).map(([name, value]) => [name, [...value.dataSync()]]));

let trainerState: ReturnType<typeof tinyTrainerState>;

beforeAll(async () => {
  await tf.setBackend('cpu');
  trainerState = tinyTrainerState();
  moveWeights(trainerState);
});

beforeEach(async () => {
  rmSync(join(root, 'run'), { recursive: true, force: true });
  await saveCheckpoint(folder, trainerState, POSITION);
});

describe('a checkpoint', () => {
  it('gives back the weights, the averages and the position', async () => {
    const { model, training } = await openCheckpoint(folder);
    expect(valuesOf(model.tensors())).toEqual(valuesOf(trainerState.model.tensors()));
    expect(training).toMatchObject(POSITION);
    expect(training?.states.latents).toEqual(trainerState.latentRandom.getState());
    model.dispose();
  });

  it('gives back both optimisers', async () => {
    const fresh = tinyTrainerState();
    await restoreCheckpoint(await verifyCheckpoint(folder), fresh, vi.fn());
    for (const key of ['generatorOptimizer', 'discriminatorOptimizer'] as const) {
      expect(fresh[key].stepCount).toBe(1);
      expect(valuesOf(fresh[key].state())).toEqual(valuesOf(trainerState[key].state()));
    }
  });

  it('gives a running model its weights, averages and random stream back', async () => {
    const fresh = tinyTrainerState();
    fresh.latentRandom.normal();
    await restoreCheckpoint(await verifyCheckpoint(folder), fresh, vi.fn());
    expect(valuesOf(fresh.model.tensors())).toEqual(valuesOf(trainerState.model.tensors()));
    expect(fresh.latentRandom.getState()).toEqual(trainerState.latentRandom.getState());
  });

  it('leaves no tensor behind, saved or restored', async () => {
    const before = tf.memory().numTensors;
    await saveCheckpoint(folder, trainerState, POSITION);
    await restoreCheckpoint(await verifyCheckpoint(folder), trainerState, vi.fn());
    expect(tf.memory().numTensors).toBe(before);
  });

  it('keeps what else is resumable; a checkpoint without it is refused, or noted where it is optional', async () => {
    let score = 0.75;
    const judge = {
      name: 'judge',
      state: () => ({ json: { score }, tensors: { ranks: tf.tensor1d([3, 1]) } }),
      restore: ({ json, tensors }: { json: unknown; tensors: Readonly<Record<string, tf.Tensor>> }) => {
        score = (json as { score: number }).score + tensors.ranks.dataSync()[0];
      },
    };
    const onAfresh = vi.fn();
    const judged = (optional: boolean) => ({ ...trainerState, resumables: [{ ...judge, optional }] });
    await restoreCheckpoint(await verifyCheckpoint(folder), judged(true), onAfresh);
    expect([score, onAfresh.mock.calls]).toEqual([0.75, [['judge']]]);
    await expect(restoreCheckpoint(await verifyCheckpoint(folder), judged(false), onAfresh)).rejects.toThrow(
      `checkpoint ${folder} holds no state of judge: it cannot be resumed`,
    );
    await saveCheckpoint(folder, judged(false), POSITION);
    await restoreCheckpoint(await verifyCheckpoint(folder), judged(false), onAfresh);
    expect(score).toBe(3.75);
  });

  it('of another network is refused with the tensor that does not fit', async () => {
    const other = { model: createCmcgan({ width: 1 / 32, latentSize: 2, seed: 3 }), resumables: [] };
    await expect(restoreCheckpoint(await verifyCheckpoint(folder), other, vi.fn())).rejects.toThrow(
      /model\.safetensors must have \S+ of shape \[[\d,]+\], got \[[\d,]+\]; it belongs to another network$/,
    );
  });

  it('is kept under the other names that were asked for, as hard links', async () => {
    await saveCheckpoint(folder, trainerState, { ...POSITION, names: ['best', 'epoch-003'] });
    for (const name of ['best', 'epoch-003']) (await openCheckpoint(join(root, 'run', 'checkpoints', name))).model.dispose();
    expect(statSync(join(folder, 'model.safetensors')).nlink).toBe(3);
  });

  it('takes the place of the one before and leaves nothing else', async () => {
    await saveCheckpoint(folder, trainerState, { ...POSITION, step: 13 });
    expect(readdirSync(join(root, 'run', 'checkpoints'))).toEqual(['last', 'previous']);
    expect(JSON.parse(readFileSync(join(folder, TRAINING_FILE), 'utf8'))).toMatchObject({ step: 13 });
  });

  it('stays whole when writing the next one fails', async () => {
    const failing = {
      ...trainerState,
      resumables: [
        ...trainerState.resumables,
        {
          name: 'failing',
          state: () => {
            throw new Error('no state');
          },
          restore: () => {},
        },
      ],
    };
    await expect(saveCheckpoint(folder, failing, POSITION)).rejects.toThrow('no state');
    expect(existsSync(`${folder}.partial`)).toBe(false);
    (await openCheckpoint(folder)).model.dispose();
  });

  it('holds what generating takes of the data, in the configuration of its model', async () => {
    const { model } = await openCheckpoint(folder);
    const { classNames, decibelRange } = POSITION.data;
    expect(model.config).toEqual({ ...trainerState.model.config, classNames, decibelRange, sampleRateHz: 44_100 });
    model.dispose();
  });

  it('is found by its run folder, also between two renames', async () => {
    (await openCheckpoint(join(root, 'run'))).model.dispose();
    renameSync(folder, previousCheckpoint(folder));
    const { model, folder: found } = await openCheckpoint(join(root, 'run'));
    expect(found).toBe(previousCheckpoint(folder));
    model.dispose();
  });
});

describe('a damaged checkpoint is one error that names the file', () => {
  const damaged = (name: string) => new RegExp(`^checkpoint file .*/last/${name.replace('.', '\\.')} is damaged: `);

  it('cut off', async () => {
    truncateSync(join(folder, 'model.safetensors'), 1000);
    await expect(openCheckpoint(folder)).rejects.toThrow(damaged('model.safetensors'));
  });

  it('one bit changed', async () => {
    const path = join(folder, 'generator-optimizer.safetensors');
    const bytes = readFileSync(path);
    bytes[bytes.length - 5] ^= 1;
    writeFileSync(path, bytes);
    await expect(openCheckpoint(folder)).rejects.toThrow(damaged('generator-optimizer.safetensors'));
  });

  it.each([
    ['{"format": 1,', /training\.json is damaged: it is not JSON(; [^✖\n]*)?$/],
    ['', /training\.json is damaged: it is not JSON(; [^✖\n]*)?$/],
    ['[]', /training\.json is damaged: it is not an object(; [^✖\n]*)?$/],
    ['{}', /training\.json is damaged: format is missing or not what is saved there(; [^✖\n]*)?$/],
  ])('%j in training.json, in one sentence', async (text, message) => {
    writeFileSync(join(folder, TRAINING_FILE), text);
    await expect(openCheckpoint(folder)).rejects.toThrow(message);
  });

  it('a file gone', async () => {
    rmSync(join(folder, 'config.json'));
    await expect(openCheckpoint(folder)).rejects.toThrow(/config\.json is missing/);
  });

  it('no checkpoint at all', async () => {
    await expect(openCheckpoint(root)).rejects.toThrow('must hold a model, but there is neither model.safetensors');
  });
});
