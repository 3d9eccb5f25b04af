import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../../test/temporary-folder';
import { readRunConfig, writeRunConfig, type RunConfig, type RunOptions } from './run-config';

const path = join(temporaryFolder('run-config'), 'config.json');
const whole: RunConfig<RunOptions & { epochs: number }> = {
  options: { preset: 'quick', variant: 's2ic', seed: 3, epochs: 2 },
  data: {
    ...{ folder: '/pairs', manifestHash: 'ab', simulated: false, classNames: ['cello', 'violin'] },
    ...{ pairs: { train: 4, validation: 2 }, decibelRange: { floorDb: -60, ceilingDb: 20 } },
  },
  ...{ backend: 'wasm, 2 threads', parameters: { total: 5 }, startedAt: '2026-01-01T00:00:00.000Z' },
  environment: { node: 'v20.19.0', gitCommit: null },
};

describe('config.json', () => {
  it('is read as it was written, with options that only the program knows', async () => {
    await writeRunConfig(path, whole);
    expect(await readRunConfig(path)).toEqual(whole);
  });

  it('of a run before there were variants is of CMCGAN', async () => {
    const { variant: _, ...options } = whole.options;
    writeFileSync(path, JSON.stringify({ ...whole, options }));
    expect((await readRunConfig(path)).options.variant).toBe('cmcgan');
  });

  it.each([
    [{ ...whole, data: undefined }, 'data is missing'],
    [{ ...whole, options: { preset: 'quick', seed: 'one' } }, 'options.seed must be a number, got "one"'],
  ])('that is no run’s is refused, with the first thing that is wrong', async (content, reason) => {
    writeFileSync(path, JSON.stringify(content));
    await expect(readRunConfig(path)).rejects.toThrow(`${path} is not the config.json of a run of the trainer: ${reason}`);
  });
});
