import { expect, it } from 'vitest';
import { differencesFromPaper } from './differences-from-paper';
import { PRESETS } from './presets';
import type { TypedFlags } from './read-flags';
import { resolveOptions } from './resolve-options';

const differencesOf = (flags: TypedFlags) =>
  differencesFromPaper(resolveOptions(flags, '/'), { simulated: flags.data === undefined });

it('the paper differs in nothing', () => {
  expect(differencesOf({ preset: 'paper' })).toEqual([]);
});

it('a preset differs in its changes, with its reasons', () => {
  const differences = differencesOf({ preset: 'laptop', data: 'urmp' });
  const { 'step.lambda': lambda, batchSize } = PRESETS.laptop.changes;
  expect(differences).toContainEqual({ option: 'step.lambda', value: lambda[0], paper: 1, reason: lambda[1] });
  expect(differences).toContainEqual({ option: 'batchSize', value: 16, paper: 64, reason: batchSize[1] });
  expect(differences.every(({ reason }) => reason !== null)).toBe(true);
});

it('a value by hand has no reason, also where the preset would set another', () => {
  const differences = differencesOf({ preset: 'laptop', lambda: '3', seed: '7' });
  expect(differences).toContainEqual({ option: 'step.lambda', value: 3, paper: 1, reason: null });
  expect(differences).toContainEqual({ option: 'seed', value: 7, paper: 1, reason: null });
});

it("a value by hand that is the paper's is no difference", () => {
  const differences = differencesOf({ preset: 'laptop', lambda: '1' });
  expect(differences.map(({ option }) => option)).not.toContain('step.lambda');
});
