import { describe, expect, it } from 'vitest';
import { UNUSED_OPTIONS, VARIANT_NAMES, VARIANTS } from '../variants/variants';
import { resolveOptions } from './resolve-options';
import { isOption, nest } from './option-path';

const resolve = (flags: Record<string, string>) => resolveOptions(flags, '/work');

describe('--variant', () => {
  it.each(VARIANT_NAMES)('%s sets what makes it what it is, over the preset', (variant) => {
    expect(resolve({ variant, preset: 'laptop' })).toMatchObject({ variant, ...nest(VARIANTS[variant].sets) });
  });

  it('leaves the rest to the preset and to flags, and is cmcgan without a word', () => {
    expect(resolve({ variant: 'nlcmcgan-5', preset: 'laptop', lambda: '3' })).toMatchObject({
      model: { depth: 5, latentSize: 0, width: 0.125 },
      step: { lambda: 3, consistency: 'all' },
    });
    expect(resolve({})).toMatchObject({
      variant: 'cmcgan',
      model: { depth: 6, latentSize: 16, paths: 'four', discriminator: { kind: 'joint' } },
    });
    expect(resolve({ depth: '5' }).model.depth).toBe(5);
  });

  it("has the paper's seven convolutions as cmcgan-7, whatever the preset has", () => {
    const depths = (variant: string) =>
      ['paper', 'laptop', 'quickstart'].map((preset) => resolve({ preset, variant }).model.depth);
    expect(depths('cmcgan')).toEqual([7, 6, 6]);
    expect(depths('cmcgan-7')).toEqual([7, 7, 7]);
  });

  it('may be said together with a flag that agrees', () => {
    expect(resolve({ variant: 'lcgan', paths: 'two' }).model.paths).toBe('two');
    expect(resolve({ variant: 's2ic', preset: 'quickstart', lambda: '10' }).variant).toBe('s2ic');
  });

  it.each([
    [
      { variant: 'lcgan', paths: 'four' },
      '--paths four conflicts with --variant lcgan, which sets it to two; leave one of them out',
    ],
    [
      { variant: 'nlcmcgan-6', latentSize: '8' },
      '--latent-size 8 conflicts with --variant nlcmcgan-6, which sets it to 0; leave one of them out',
    ],
    [
      { variant: 'standard-loss', adversarialLoss: 'joint' },
      '--adversarial-loss joint conflicts with --variant standard-loss, which sets it to standard; leave one of them out',
    ],
    [{ variant: 'i2s', lambda: '3' }, '--lambda 3 conflicts with --variant i2s, which does not use it; leave one of them out'],
    [
      { featureClassifier: 'judge' },
      '--feature-classifier judge conflicts with --variant cmcgan, which does not use it; leave one of them out',
    ],
    [{ variant: 'cmcgan8' }, '--variant is not known, got cmcgan8; did you mean cmcgan? (values: cmcgan, cmcgan-7, '],
  ])('%o is refused in one line', (flags, message) => {
    expect(() => resolve(flags as Record<string, string>)).toThrow(message);
  });

  it('names options that there are', () => {
    const named = [...Object.values(VARIANTS).flatMap(({ sets }) => Object.keys(sets)), ...Object.values(UNUSED_OPTIONS).flat()];
    expect(named.filter((path) => !isOption(path))).toEqual([]);
  });
});
