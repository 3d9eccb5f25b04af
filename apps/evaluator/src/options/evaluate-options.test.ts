import { describe, expect, it } from 'vitest';
import { createProgram } from '../commands/program';
import { createProgress } from '@cmcgan/command-line';
import { resolveEvaluateOptions } from './evaluate-options';

const resolve = (flags: object) => resolveEvaluateOptions({ run: ['runs/a'], ...flags }, '/home/ann');

describe('resolveEvaluateOptions', () => {
  it('resolves paths from where the command was typed, and fills in defaults', () => {
    expect(resolve({ data: '../set' })).toMatchObject({
      runs: ['/home/ann/runs/a'],
      data: '/home/set',
      judge: null,
      out: null,
      seed: 1,
      limit: 2000,
      samples: true,
      backend: 'wasm',
      threads: null,
      judgeAugmentation: 'auto',
      judgeSchedule: { seed: 1, steps: { V: 200, A: 800, VA: 400 } },
    });
  });

  it.each([
    [{ run: [] }, 'name a run to evaluate'],
    [{ seed: '-1' }, '--seed must be a whole number of at least 0, got -1'],
    [{ limit: 'many' }, '--limit must be a whole number of at least 2, got many'],
    [{ threads: '0' }, '--threads must be a whole number of at least 1, got 0'],
    [{ backend: 'abacus' }, '--backend must be one of wasm, webgpu, tfjs-node-gpu, tfjs-node, cpu, got abacus'],
    [{ judgeWidth: '0' }, '--judge-width must be a number above 0, at most 4, got 0'],
    [{ judgeAugmentation: 'heavy' }, '--judge-augmentation must be one of auto, light, ears, got heavy'],
    [{ judgeSteps: '' }, '--judge-steps must be a whole number of at least 1, got '],
  ])('refuses %j', (flags, message) => {
    expect(() => resolve(flags)).toThrow(message);
  });
});

describe('the command line', () => {
  const progress = createProgress({ write: () => true }, () => 0);
  const run = (...words: string[]) => createProgram({ folder: '/', progress, version: '0' }).run(words);

  it.each([
    [['--rum', 'x'], /unknown option '--rum'.*\(see --help\)/],
    [['experiment'], /missing required argument 'names'/],
    [['experiment', 'fig9', '--out', 'x'], /there is no experiment fig9/],
    [['experiment', 'all'], /name a folder for the runs and the report: --out/],
    [['experiment', 'all', '--out', 'x', '--max-minutes', 'ten'], /--max-minutes must be a number above 0, got ten/],
  ])('answers %j in one line', async (words, message) => {
    await expect(run(...words)).rejects.toThrow(message);
  });
});
