import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import { createCmcgan } from '@cmcgan/model';
import { setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../../test/temporary-folder';
import { saveCheckpoint } from '../checkpoint/save-checkpoint';
import { findRun } from './find-run';

const root = temporaryFolder('find-run');
const run = join(root, 'tried');
const data = { manifestHash: 'h', classNames: ['a', 'b'], decibelRange: { floorDb: -60, ceilingDb: 0 } };

async function save(name: string, step: number): Promise<void> {
  const model = createCmcgan({ width: 1 / 64, latentSize: 1, discriminator: { hiddenUnits: 1 }, seed: step });
  const position = { step, epoch: 1, epochStep: 0, trainedMs: 0, seed: 1 };
  await saveCheckpoint(join(run, 'checkpoints', name), { model, resumables: [] }, { ...position, data });
  model.dispose();
}

beforeAll(async () => {
  await setBackend('cpu');
  mkdirSync(run);
  const config = {
    options: { preset: 'quick', variant: 's2ic', seed: 1 },
    data: { ...data, folder: 'set', pairs: { train: 2 } },
    ...{ backend: 'cpu', parameters: { total: 1 }, environment: { node: '', gitCommit: null }, startedAt: '' },
  };
  writeFileSync(join(run, 'config.json'), JSON.stringify(config));
  await save('last', 20);
  await save('epoch-001', 10);
});

describe('findRun', () => {
  it.each([
    ['its folder', '.', 'last', 20],
    ['the folder of its checkpoints', 'checkpoints', 'last', 20],
    ['a checkpoint', 'checkpoints/epoch-001', 'epoch-001', 10],
    ["a checkpoint's weights", 'checkpoints/epoch-001/model.safetensors', 'epoch-001', 10],
  ])('finds it by %s', async (_, path, name, step) => {
    const found = await findRun(join(run, path));
    expect(found).toMatchObject({ folder: run, name: 'tried', checkpoint: { name, step, epoch: 1 }, judging: null });
    expect(found.config.options.variant).toBe('s2ic');
    expect(found.checkpoint.weightsSha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('takes the checkpoint named, and says which there are', async () => {
    expect((await findRun(run, { checkpoint: 'epoch-001' })).checkpoint.step).toBe(10);
    await expect(findRun(run, { checkpoint: 'epoch-9' })).rejects.toThrow(/no checkpoint epoch-9; it has .*last/);
  });

  it('says what is no run, and what is damaged, with the option that gets around it', async () => {
    await expect(findRun(join(root, 'nowhere'))).rejects.toThrow(/nowhere does not exist; name the folder of a run/);
    await expect(findRun(root)).rejects.toThrow(`run ${root} holds no config.json, so it is not a run folder; name the folder`);
    await expect(findRun(join(run, 'config.json'))).rejects.toMatchObject({ remedy: { option: 'run' } });
    const weights = join(run, 'checkpoints/epoch-001/model.safetensors');
    appendFileSync(weights, 'x');
    await expect(findRun(run)).resolves.toMatchObject({ name: basename(run) }); // the last one is intact
    await expect(findRun(weights)).rejects.toMatchObject({
      problem: `checkpoint file ${weights} is damaged: its SHA-256 is not what was saved`,
      remedy: { option: 'checkpoint' },
    });
    rmSync(join(run, 'checkpoints/epoch-001/config.json'));
    await expect(findRun(weights)).rejects.toThrow(/checkpoint file .* is damaged/);
  });
});
