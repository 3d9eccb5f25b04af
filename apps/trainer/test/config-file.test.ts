import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { planRun } from '../src/options/plan-run';
import type { TypedFlags } from '../src/options/read-flags';
import { temporaryFolder } from '../../../test/temporary-folder';

const folder = temporaryFolder('config');

/** The plan of a run with a config file of the given content. */
function planWith(name: string, content: string, flags: TypedFlags = {}) {
  writeFileSync(join(folder, name), content);
  return planRun({ config: name, ...flags }, folder);
}

describe('a config file', () => {
  it.each([
    ['run.toml', 'preset = "quick"\nepochs = 7\nmaxMinutes = "none"\n[data]\nfolder = "urmp"\n'],
    [
      'run.json',
      '{"$schema": "config.schema.json", "preset": "quick", "epochs": 7, "data": {"folder": "urmp"}, "maxMinutes": null}',
    ],
  ])('%s wins over its preset; paths start from its folder', async (name, content) => {
    const { options, folderUse } = await planWith(name, content);
    expect(options).toMatchObject({ preset: 'quick', epochs: 7, batchSize: 4, maxMinutes: null });
    expect(options.data.folder).toBe(join(folder, 'urmp'));
    expect(options.out).toBe(join(folder, 'runs', 'quick'));
    expect(folderUse).toBe('next free');
  });

  it('is overridden by flags', async () => {
    const { options } = await planWith('run.toml', 'preset = "laptop"\nepochs = 7\n[model]\nwidth = 0.5', {
      epochs: '8',
      maxMinutes: 'none',
    });
    expect(options).toMatchObject({ preset: 'laptop', epochs: 8, maxMinutes: null, model: { width: 0.5 } });
  });

  it('may be the config.json of another run: its options, but not its folder', async () => {
    const { options: first } = await planRun({ preset: 'quick', seed: '5', out: 'first' }, folder);
    const config = JSON.stringify({ options: first, environment: {}, startedAt: '2026-11-22' });
    const { options, folderUse } = await planWith('config.json', config);
    expect(options).toEqual({ ...first, out: join(folder, 'runs', 'quick') });
    expect(folderUse).toBe('next free');
  });

  it('may name the run folder', async () => {
    const { options, folderUse } = await planWith('run.toml', 'out = "mine"');
    expect([options.out, folderUse]).toEqual([join(folder, 'mine'), 'named']);
  });

  it('may set a variant, over which its own options win where they don’t conflict', async () => {
    const { options } = await planWith('run.toml', 'variant = "lcgan"\n[model]\nwidth = 0.25');
    expect(options).toMatchObject({ variant: 'lcgan', model: { paths: 'two', width: 0.25 } });
  });

  it.each([
    ['a.toml', '[model]\nwidht = 1', 'a.toml: model.widht is not an option; did you mean model.width?'],
    ['a.toml', 'widht = 1', 'a.toml: widht is not an option; did you mean model.width?'],
    ['a.toml', 'momentum = 0.5', 'a.toml: momentum is not an option; did you mean optimizers.discriminator.momentum?'],
    ['a.toml', 'step = 3', 'a.toml: step must hold options by name, such as step.lambda'],
    ['a.toml', '[step]\nlambda = -1', 'a.toml: step.lambda must be a number of at least 0, got -1'],
    ['a.toml', '[step.lambda]\nvalue = 1', 'a.toml: step.lambda.value is not an option;'],
    ['a.toml', 'batch-size = 4', 'a.toml: batch-size is not an option; did you mean batchSize?'],
    ['a.toml', 'keep-every = 4', 'a.toml: keep-every is not an option; did you mean checkpoints.keepEveryEpochs?'],
    [
      'a.toml',
      '[discriminator]\nwidth = 1',
      'a.toml: discriminator.width is not an option; did you mean model.discriminator.width?',
    ],
    ['a.toml', 'banana = 1', 'banana is not an option; all options are in config.schema.json of the trainer'],
    ['a.toml', 'epochs = 0', 'a.toml: epochs must be a whole number of at least 1, got 0'],
    ['a.toml', 'epochs = "5"', 'a.toml: epochs must be a whole number of at least 1, got "5"'],
    ['a.toml', 'step.fakes = "end"', 'a.toml: step.fakes is not known, got "end"; did you mean ends?'],
    ['a.toml', 'preset = "labtop"', 'a.toml: preset labtop is not known; did you mean laptop?'],
    ['a.toml', 'variant = "lcgan"\nmodel.paths = "four"', 'a.toml: model.paths four conflicts with'],
    ['a.toml', 'backend = "cpu"\nthreads = 2', 'a.toml: threads 2 conflicts with'],
    ['a.toml', 'epochs = 1\nwidth =', /a\.toml cannot be read: line 2, column \d+: Invalid TOML document/],
    ['a.json', '{"epochs": 1', 'a.json cannot be read: '],
    ['a.json', '[1]', 'a.json must hold options by name'],
    ['a.yaml', 'epochs: 1', '--config must be a file in .json or .toml, got'],
  ])('%s with %j is refused in one line', async (name, content, message) => {
    const plan = planWith(name, content);
    await expect(plan).rejects.toThrow(message);
    await expect(plan).rejects.toMatchObject({ exitCode: 2, message: expect.not.stringContaining('\n') as string });
  });

  it.each([
    [{ preset: 'laptop' }, '--preset laptop conflicts with'],
    [{ resume: 'run' }, '--config conflicts with --resume: a run is resumed with its own options'],
  ])('beside %j is refused', async (flags, message) => {
    await expect(planWith('b.toml', 'preset = "quick"', flags)).rejects.toThrow(message);
  });

  it('that does not exist is named', async () => {
    await expect(planRun({ config: 'nowhere.toml' }, folder)).rejects.toThrow(
      /--config .*nowhere\.toml cannot be read: .* does not exist/,
    );
  });
});
