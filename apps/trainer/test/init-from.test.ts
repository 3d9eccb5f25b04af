import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromSafetensors } from '@cmcgan/model';
import { beforeAll, describe, expect, it } from 'vitest';
import { runCli } from './cli-process';
import { essenceOf } from './run-files';
import { temporaryFolder } from '../../../test/temporary-folder';
import { simulateTinyData } from './tiny-data';

const root = temporaryFolder('init-from');
const first = join(root, 'first');
let data: string;

const inRun = (name: string) => join(root, name);
const json = (...path: string[]) =>
  JSON.parse(readFileSync(join(root, ...path), 'utf8')) as Record<string, Record<string, unknown>>;
const weights = (run: string, name: string) => {
  const path = join(root, run, 'checkpoints', 'last', 'model.safetensors');
  return [...fromSafetensors(readFileSync(path), { name: path }).tensors[name].data];
};
/** A learning rate so small that the weights hardly change. */
const STILL = ['--generator-learning-rate', '1e-12', '--max-steps', '1', '--seed', '9'];
const from = (model: string, out: string, ...words: string[]) =>
  runCli(['--preset', 'quick', '--data', data, '--init-from', model, '--out', inRun(out), '--threads', '1', ...words]);

beforeAll(async () => {
  data = await simulateTinyData(root);
  const words = ['--preset', 'quick', '--data', data, '--out', first, '--threads', '1', '--max-steps', '1'];
  const { exitCode } = await runCli([...words, '--variant', 'lcgan', '--latent-size', '3']);
  expect(exitCode).toBe(0);
});

describe('--init-from', () => {
  it('starts from the weights of a run, with its networks whatever the preset says', async () => {
    const { exitCode, stderr } = await from(first, 'still', ...STILL);
    expect([exitCode, stderr]).toEqual([0, '']);
    const { options } = json('still', 'config.json');
    expect(options).toMatchObject({ initFrom: first, model: { latentSize: 3, paths: 'two' }, variant: 'lcgan' });
    const name = 'decoderV.2.filter';
    const [before, after] = [weights('first', name), weights('still', name)];
    after.forEach((value, i) => expect(Math.abs(value - before[i])).toBeLessThan(1e-6));
  });

  it('keeps the classes that its discriminator tells apart, and learns them anew if it tells none apart', async () => {
    const still = ['--classification', '1', ...STILL, '--discriminator-learning-rate', '1e-12'];
    for (const [model, out] of [
      [first, 'told'],
      [inRun('told'), 'told-again'],
    ]) {
      const { exitCode, stderr } = await from(model, out, ...still, ...(out === 'told-again' ? ['--seed', '10'] : []));
      expect([exitCode, stderr]).toEqual([0, '']);
    }
    const apart = (run: string, name: string, other: string) => {
      const [before, after] = [weights(other, name), weights(run, name)];
      return Math.max(...after.map((value, i) => Math.abs(value - before[i])));
    };
    expect(apart('told', 'discriminator.trunkA.3.filter', 'first')).toBeLessThan(1e-6);
    expect(apart('told-again', 'discriminator.classA.output.weight', 'told')).toBeLessThan(1e-6);
    expect(json('told', 'checkpoints', 'last', 'config.json').classes).toBe(13);
  });

  it('says that its networks need not learn to find pictures first', async () => {
    const { exitCode, stdout } = await from(
      first,
      'found',
      '--contrastive',
      '1',
      '--contrastive-steps',
      '5',
      '--decoder-steps',
      '5',
      '--max-steps',
      '1',
    );
    expect(exitCode).toBe(0);
    expect(stdout).toContain('--contrastive-steps and --decoder-steps are left out: the --init-from model is trained already');
    expect(stdout).not.toContain('First learning');
  });

  it('resumed equals an uninterrupted run bit for bit', async () => {
    await from(join(first, 'checkpoints', 'last'), 'quiet', '--max-steps', '4');
    await from(join(first, 'checkpoints', 'last'), 'resumed', '--max-steps', '2');
    const { exitCode } = await runCli(['--resume', inRun('resumed'), '--max-steps', '4']);
    expect(exitCode).toBe(0);
    expect(essenceOf(inRun('resumed'))).toEqual(essenceOf(inRun('quiet')));
  });

  it("keeps the model's decibel range, and says so if the data's differs", async () => {
    const { stdout } = await runCli([
      '--preset',
      'quick',
      '--init-from',
      first,
      '--out',
      inRun('other'),
      '--seed',
      '77',
      '--max-steps',
      '1',
    ]);
    expect(stdout).toMatch(
      /warning: the --init-from model was trained on sounds of \S+ to \S+ dB, and these have \S+ to \S+ dB; the model's range is kept/,
    );
    const kept = json('first', 'config.json').data.decibelRange;
    expect(json('other', 'config.json').data.decibelRange).toEqual(kept);
    expect(json('other', 'checkpoints', 'last', 'config.json').decibelRange).toEqual(kept);
  });

  it.each([
    [
      'depth',
      ['--depth', '5'],
      /^trainer: --depth 5 conflicts with --init-from .*first, whose model has 7; leave one of them out\n$/,
    ],
    ['width', ['--width', '0.5'], /^trainer: --width 0\.5 conflicts with --init-from .*, whose model has 0\.0625; /],
    [
      'variant',
      ['--variant', 's2ic'],
      /^trainer: --variant s2ic conflicts with --init-from .*, whose model is of the variant lcgan; /,
    ],
  ])('refuses a %s that contradicts the model', async (_, words, message) => {
    const { exitCode, stderr } = await from(first, 'refused', ...words);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(message);
  });

  it('names a path without a model', async () => {
    const { exitCode, stderr } = await from(join(root, 'data'), 'nothing');
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^trainer: --init-from \S+data cannot be used: .*\n$/);
  });
});
