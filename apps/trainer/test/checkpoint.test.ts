import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCmcgan } from '@cmcgan/model';
import { createRandom } from '@cmcgan/sub-urmp';
import { createAdam, createMomentum } from '@cmcgan/tfjs-kernels';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CHECKPOINT_FILES } from '../src/checkpoint/checkpoint';
import { openCheckpoint } from '../src/checkpoint/open-checkpoint';
import { restoreOptimizer } from '../src/checkpoint/optimizer-state';
import { previousName } from '../src/checkpoint/replace-folder';
import { saveCheckpoint } from '../src/checkpoint/save-checkpoint';
import { assertFiniteLosses } from '../src/training/assert-finite-losses';
import { assertFiniteWeights } from '../src/training/assert-finite-weights';
import { saveRun } from '../src/training/save-run';
import { temporaryFolder } from './temporary-folder';

const root = temporaryFolder('checkpoint');
const folder = join(root, 'run', 'checkpoints', 'last');
const POSITION = {
  ...{ step: 12, epoch: 3, epochStep: 1, seed: 7 },
  data: { manifestHash: 'abc', classNames: ['cello', 'violin'], decibelRange: { floorDb: -90, ceilingDb: 10 } },
};

function tinyTrainee() {
  const model = createCmcgan({ width: 1 / 64, latentSize: 2, seed: 3 });
  const { discriminatorVariables, generatorVariables } = model;
  return {
    model,
    discriminatorOptimizer: createMomentum({ variables: discriminatorVariables, learningRate: 0.1 }),
    generatorOptimizer: createAdam({ variables: generatorVariables, learningRate: 0.1 }),
    latentRandom: createRandom(7).fork('latents'),
  };
}

function moveWeights({ model, generatorOptimizer, discriminatorOptimizer }: ReturnType<typeof tinyTrainee>): void {
  tf.tidy(() => {
    generatorOptimizer.step(model.generatorVariables.map((variable) => tf.onesLike(variable)));
    discriminatorOptimizer.step(model.discriminatorVariables.map((variable) => tf.onesLike(variable)));
  });
}

const valuesOf = (tensors: Record<string, tf.Tensor>) =>
  Object.fromEntries(Object.entries(tensors).map(([name, value]) => [name, [...value.dataSync()]]));

let trainee: ReturnType<typeof tinyTrainee>;

beforeAll(async () => {
  await tf.setBackend('cpu');
  trainee = tinyTrainee();
  moveWeights(trainee);
});

beforeEach(async () => {
  rmSync(join(root, 'run'), { recursive: true, force: true });
  await saveCheckpoint(folder, trainee, POSITION);
});

describe('a checkpoint', () => {
  it('gives back the weights, the averages and the position', async () => {
    const { model, training } = await openCheckpoint(folder);
    expect(valuesOf(model.tensors())).toEqual(valuesOf(trainee.model.tensors()));
    expect(training).toMatchObject(POSITION);
    expect(training.latentRandom).toEqual(trainee.latentRandom.getState());
    model.dispose();
  });

  it('gives back both optimisers', async () => {
    const fresh = tinyTrainee();
    for (const key of ['generatorOptimizer', 'discriminatorOptimizer'] as const) {
      await restoreOptimizer(fresh[key], join(folder, CHECKPOINT_FILES[key]));
      expect(fresh[key].stepCount).toBe(1);
      expect(valuesOf(fresh[key].state())).toEqual(valuesOf(trainee[key].state()));
    }
  });

  it('leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;
    await saveCheckpoint(folder, trainee, POSITION);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('takes the place of the one before and leaves nothing else', async () => {
    await saveCheckpoint(folder, trainee, { ...POSITION, step: 13 });
    expect(readdirSync(join(root, 'run', 'checkpoints'))).toEqual(['last']);
    expect(JSON.parse(readFileSync(join(folder, CHECKPOINT_FILES.training), 'utf8'))).toMatchObject({ step: 13 });
  });

  it('stays whole when writing the next one fails', async () => {
    const failing = {
      ...trainee,
      latentRandom: {
        ...trainee.latentRandom,
        getState: () => {
          throw new Error('no state');
        },
      },
    };
    await expect(saveCheckpoint(folder, failing, POSITION)).rejects.toThrow('no state');
    expect(existsSync(`${folder}.partial`)).toBe(false);
    (await openCheckpoint(folder)).model.dispose();
  });

  it('is found by its run folder, also between two renames', async () => {
    (await openCheckpoint(join(root, 'run'))).model.dispose();
    renameSync(folder, previousName(folder));
    const { model, folder: found } = await openCheckpoint(join(root, 'run'));
    expect(found).toBe(previousName(folder));
    model.dispose();
  });
});

describe('saveRun', () => {
  const run = () => ({
    dataset: { ...POSITION.data },
    options: { seed: 7, keepEveryEpochs: 2 },
    folder: { checkpoints: join(root, 'run', 'checkpoints') },
    trainee,
  });
  const saved = () => readdirSync(join(root, 'run', 'checkpoints')).sort();

  it('keeps every so manieth epoch at its end', async () => {
    for (const [epoch, epochStep] of [
      [1, 0],
      [2, 0],
      [2, 5],
      [3, 0],
      [4, 0],
    ])
      await saveRun(run(), { step: 1, epoch, epochStep });
    expect(saved()).toEqual(['epoch-002', 'epoch-004', 'last']);
  });

  it('does not save weights that are not numbers; the checkpoint before stays', async () => {
    const [variable] = trainee.model.generatorVariables;
    const good = variable.clone();
    variable.assign(tf.fill(variable.shape, NaN));
    await expect(saveRun(run(), { step: 99, epoch: 1, epochStep: 0 })).rejects.toThrow(/not finite after step 99/);
    variable.assign(good);
    const { model, training } = await openCheckpoint(folder);
    expect(training.step).toBe(POSITION.step);
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
    const path = join(folder, CHECKPOINT_FILES.generatorOptimizer);
    const bytes = readFileSync(path);
    bytes[bytes.length - 5] ^= 1;
    writeFileSync(path, bytes);
    await expect(openCheckpoint(folder)).rejects.toThrow(damaged(CHECKPOINT_FILES.generatorOptimizer));
  });

  it('no JSON', async () => {
    writeFileSync(join(folder, CHECKPOINT_FILES.training), '{"format": 1,');
    await expect(openCheckpoint(folder)).rejects.toThrow(damaged(CHECKPOINT_FILES.training));
  });

  it('a file gone', async () => {
    rmSync(join(folder, 'config.json'));
    await expect(openCheckpoint(folder)).rejects.toThrow(/config\.json is missing/);
  });

  it('no checkpoint at all', async () => {
    await expect(openCheckpoint(root)).rejects.toThrow('neither a checkpoint nor a run folder');
  });
});

describe('numbers that are none', () => {
  const LOSSES = { discriminator: { total: 2, wrong: 1, fake: 1 }, generator: { total: 1, adversarial: 1, consistency: 0 } };

  it('in a loss: named with the step', () => {
    const broken = { ...LOSSES, generator: { ...LOSSES.generator, consistency: NaN } };
    expect(() => assertFiniteLosses(LOSSES, 5)).not.toThrow();
    expect(() => assertFiniteLosses(broken, 5)).toThrow("the generator's consistency loss is NaN at step 5");
  });

  it('in a weight: named with the step', async () => {
    await assertFiniteWeights(trainee.model.tensors(), 5);
    const broken = tf.tensor1d([1, NaN]);
    await expect(assertFiniteWeights({ 'encoderV.0.kernel': tf.scalar(1), 'decoderA.6.bias': broken }, 5)).rejects.toThrow(
      'decoderA.6.bias holds numbers that are not finite after step 5',
    );
  });
});
