import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CheckpointNotFoundError, findCheckpoint } from './index';

let run: string;
beforeEach(() => {
  run = mkdtempSync(join(tmpdir(), 'cmcgan-run-'));
});
afterEach(() => rmSync(run, { recursive: true }));

const checkpoint = (name: string) => join(run, 'checkpoints', name);

function saveAt(folder: string): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'model.safetensors'), '');
  return folder;
}

describe('findCheckpoint', () => {
  it('takes the best of a run, else the last, else the one before, else the latest epoch that was kept', async () => {
    const taken: unknown[] = [];
    for (const name of ['epoch-009', 'epoch-1000', 'epoch-010', 'last.partial', 'previous', 'last', 'best']) {
      saveAt(checkpoint(name));
      const found = await findCheckpoint(run);
      expect(found.folder).toBe(checkpoint(found.name!));
      taken.push(found.name);
    }
    expect(taken).toEqual(['epoch-009', 'epoch-1000', 'epoch-1000', 'epoch-1000', 'previous', 'last', 'best']);
  });

  it('takes the named checkpoint, and lists the existing ones if it is missing', async () => {
    for (const name of ['last', 'best', 'epoch-010']) saveAt(checkpoint(name));
    expect(await findCheckpoint(run, { checkpoint: 'epoch-010' })).toEqual({
      folder: checkpoint('epoch-010'),
      name: 'epoch-010',
    });
    const missing = findCheckpoint(run, { checkpoint: 'epoch-020' });
    await expect(missing).rejects.toThrow(`the run ${run} has no checkpoint epoch-020; it has best, epoch-010, last`);
    await expect(findCheckpoint(checkpoint('epoch-020'))).rejects.toThrow(
      `the run ${run} has no checkpoint epoch-020; it has best, epoch-010, last`,
    );
    await expect(missing).rejects.toBeInstanceOf(CheckpointNotFoundError);
    await expect(missing).rejects.toMatchObject({ remedy: { option: 'checkpoint' } });
  });

  it.each([
    ['a checkpoint', ['checkpoints', 'last'], { name: 'last' }],
    ['weights of a checkpoint', ['checkpoints', 'last', 'model.safetensors'], { name: 'last' }],
    ["a run's folder of checkpoints", ['checkpoints'], { name: 'last' }],
  ] as const)('accepts %s', async (_, path, found) => {
    saveAt(checkpoint('last'));
    expect(await findCheckpoint(join(run, ...path))).toEqual({ folder: checkpoint('last'), ...found });
  });

  it('accepts a folder that belongs to no run, and its weights', async () => {
    const folder = saveAt(join(run, 'my-model'));
    expect(await findCheckpoint(folder)).toEqual({ folder, name: null });
    expect(await findCheckpoint(join(folder, 'model.safetensors'))).toEqual({ folder, name: null });
    await expect(findCheckpoint(folder, { checkpoint: 'best' })).rejects.toThrow(
      'must be a run folder to choose its checkpoint best',
    );
  });

  it('explains why a path has no model', async () => {
    await expect(findCheckpoint(join(run, 'none'))).rejects.toThrow(`${join(run, 'none')} does not exist`);
    await expect(findCheckpoint(run)).rejects.toThrow(`${run} must hold a model, but there is neither model.safetensors nor`);
    writeFileSync(join(run, 'config.json'), '{}');
    await expect(findCheckpoint(join(run, 'config.json'))).rejects.toThrow('must be a folder or a file called model.safetensors');
    mkdirSync(join(run, 'checkpoints'));
    await expect(findCheckpoint(run)).rejects.toThrow(`the run ${run} has no checkpoint yet`);
  });
});
