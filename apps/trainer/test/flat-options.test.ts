import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { planRun } from '../src/options/plan-run';
import { resolveOptions } from '../src/options/resolve-options';
import { readTrainerRun } from '../src/run/trainer-run';
import { temporaryFolder } from '../../../test/temporary-folder';

/** The config.json of a run started before options were nested, with the flags below. */
const CONFIG = fileURLToPath(new URL('fixtures/config-with-flat-options.json', import.meta.url));
const FLAGS = {
  ...{ preset: 'quick', variant: 'lcgan', seed: '9', emaDecay: '0.9', learningRateSchedule: 'cosine', gradientClip: '1' },
  ...{ augmentation: 'masked', codeSize: '8', discriminatorOptimizer: 'adam', maxSteps: '2' },
};

const root = temporaryFolder('flat-options');
const expected = (out: string) => resolveOptions({ ...FLAGS, out }, '/');

describe('options of a run from before they were nested', () => {
  it('are read as the options that the same flags set today', async () => {
    // Options that have been added since are not in the file.
    expect(expected('/runs/rich')).toMatchObject((await readTrainerRun(CONFIG)).options);
  });

  it('are used when it is resumed', async () => {
    const run = join(root, 'run');
    mkdirSync(join(run, 'checkpoints'), { recursive: true });
    cpSync(CONFIG, join(run, 'config.json'));
    const addedSince = { listeningPairs: 2 }; // has the paper's value, not the preset's
    expect((await planRun({ resume: run }, root)).options).toEqual({ ...expected(run), ...addedSince });
    const { options } = await planRun({ resume: run, maxSteps: '5' }, root);
    expect(options).toEqual({ ...expected(run), ...addedSince, maxSteps: 5 });
    await expect(planRun({ resume: run, lambda: '3' }, root)).rejects.toThrow(
      '--lambda 3 conflicts with --resume: the run has 1;',
    );
  });

  it('can configure another run', async () => {
    const { options } = await planRun({ config: CONFIG, out: 'mine' }, root);
    expect(options).toEqual(expected(join(root, 'mine')));
  });

  it('are also understood in a config file, with their old values', async () => {
    writeFileSync(
      join(root, 'flat.toml'),
      'data = "urmp"\nskipBroken = "yes"\nadversarialLoss = "standard"\njudge = "none"\nlambda = 3\n',
    );
    const { options } = await planRun({ config: 'flat.toml' }, root);
    expect(options).toMatchObject({
      data: { folder: join(root, 'urmp'), onBroken: 'skip' },
      model: { discriminator: { kind: 'unimodal' } },
      judge: { source: null },
      step: { lambda: 3 },
    });
    writeFileSync(join(root, 'flat.toml'), 'lambda = -3\n');
    await expect(planRun({ config: 'flat.toml' }, root)).rejects.toThrow(
      `${join(root, 'flat.toml')}: lambda must be a number of at least 0, got -3`,
    );
  });
});
