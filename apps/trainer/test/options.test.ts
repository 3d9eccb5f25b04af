import { describe, expect, it } from 'vitest';
import { nearestName } from '../src/options/nearest-name';
import { variantParts } from '../src/variants/variant-parts';
import { PAPER_OPTIONS, presetOptions, PRESETS, type PresetName } from '../src/options/presets';
import { resolveOptions } from '../src/options/resolve-options';
import { trainerOptionsSchema } from '../src/options/trainer-options';

const presetNames = Object.keys(PRESETS) as PresetName[];
const resolve = (flags: Record<string, string>) => resolveOptions(flags, '/work');

describe('presets', () => {
  it('paper is exactly the paper', () => {
    expect(presetOptions('paper', { simulated: false, variant: 'cmcgan' })).toMatchObject({
      ...{ batchSize: 64, epochs: 200, accumulate: 1 },
      ...{ 'step.generatorUpdates': 1, 'step.lambda': 1, 'step.fakes': 'ends', 'step.consistency': 'ends' },
      ...{ 'model.width': 1, 'model.depth': 7, 'model.latentSize': 100, 'model.paths': 'four' },
      ...{ 'optimizers.generator.learningRate': 0.001, 'optimizers.discriminator.learningRate': 0.001 },
      ...{ 'optimizers.discriminator.kind': 'momentum', 'optimizers.discriminator.momentum': 0.9 },
    });
    expect(PRESETS.paper.changes).toEqual({});
  });

  it.each(presetNames)('%s is valid', (preset) => {
    expect(() => resolve({ preset })).not.toThrow();
  });

  it.each(presetNames)('%s holds differences only, each with its reason', (preset) => {
    for (const [key, [value, reason]] of Object.entries(PRESETS[preset].changes) as [
      keyof typeof PAPER_OPTIONS,
      [unknown, string],
    ][]) {
      expect(value, key).not.toEqual(PAPER_OPTIONS[key]);
      expect(reason.length, key).toBeGreaterThan(10);
    }
  });
});

describe('resolveOptions', () => {
  it('moves sounds in pitch with laptop, unless musicians are simulated or a flag says otherwise', () => {
    expect([resolve({ data: 'urmp' }).augmentation, resolve({}).augmentation]).toEqual(['encoder-ears', 'encoder-light']);
    expect(resolve({ data: 'urmp' }).classifierAugmentation).toBe('ears');
    expect(resolve({}).classifierAugmentation).toBe('light');
    expect(resolve({ classifierAugmentation: 'ears' }).classifierAugmentation).toBe('ears');
    expect(resolve({ data: 'urmp', preset: 'paper' }).classifierAugmentation).toBe('light');
  });

  it('makes the latent matter with laptop, unless musicians are simulated, who play what the picture shows', () => {
    expect(resolve({ data: 'urmp' }).step.modeSeeking).toBeGreaterThan(0);
    expect(resolve({}).step.modeSeeking).toBe(0);
    expect(resolve({ data: 'urmp', variant: 'nlcmcgan-6' }).step.modeSeeking).toBe(0);
  });

  it('tells instruments apart with laptop, but not in a baseline, which has no such classifier', () => {
    const weightOf = (variant: string) => variantParts(resolve({ data: 'urmp', variant })).stepOptions.classification;
    expect(['cmcgan', 'standard-loss', 's2ic', 'i2s'].map(weightOf)).toEqual([1, 1, 0, 0]);
  });

  it('finds the pitch of simulated musicians with laptop, where the discriminator judges pairs', () => {
    const found = (options: Record<string, string>) => {
      const { step, contrastiveSteps, decoderSteps, pathSteps, similarMeans, optimizers, epochs } = resolve(options);
      return [
        step.contrastive,
        contrastiveSteps,
        decoderSteps,
        pathSteps,
        similarMeans,
        optimizers.generator.encoders,
        step.classification,
        epochs,
      ];
    };
    expect(found({})).toEqual([0, 3000, 9000, 2000, 16, 'frozen', 0, 5]);
    expect(found({ variant: 'lcgan' })).toEqual([0, 3000, 9000, 2000, 16, 'frozen', 0, 5]);
    expect(found({ variant: 'standard-loss' })).toEqual([0, 0, 0, 0, 1, 'learn', 0, 10]);
    expect(found({ variant: 's2ic' })).toEqual([0, 0, 0, 0, 1, 'learn', 0, 10]);
    expect(found({ data: 'urmp' })).toEqual([0, 0, 0, 0, 1, 'learn', 1, 90]);
    expect(found({ preset: 'quickstart' })).toEqual([0, 0, 0, 0, 1, 'learn', 1, 28]);
    expect(resolve({}).data.simulated).toEqual(resolve({ variant: 's2ic' }).data.simulated);
  });

  it('takes flags over the preset, and paths from the given folder', () => {
    const options = resolve({ preset: 'quick', epochs: '7', width: '0.5', data: 'urmp', out: '/elsewhere/run' });
    expect(options).toMatchObject({
      preset: 'quick',
      epochs: 7,
      model: { width: 0.5 },
      data: { folder: '/work/urmp' },
      out: '/elsewhere/run',
      batchSize: 4,
    });
  });

  it('names the run folder by the preset', () => {
    expect(resolve({ preset: 'paper' }).out).toBe('/work/runs/paper');
  });

  it.each([
    [{ preset: 'labtop' }, '--preset labtop is not known; did you mean laptop? (presets: paper, laptop, quickstart, quick)'],
    [{ preset: 'lap' }, '--preset lap is not known; did you mean laptop? (presets: paper, laptop, quickstart, quick)'],
    [{ preset: 'zzz' }, '--preset zzz is not known (presets: paper, laptop, quickstart, quick)'],
    [{ variant: 'cmcgan6' }, '--variant is not known, got cmcgan6; did you mean cmcgan-6? (values: '],
    [{ backend: 'wsam' }, '--backend wsam is not known; did you mean wasm? (backends: wasm, '],
    [
      { adversarialLoss: 'standart' },
      '--adversarial-loss is not known, got standart; did you mean standard? (values: joint, standard)',
    ],
    [{ fakes: 'end' }, '--fakes is not known, got end; did you mean ends? (values: ends, intermediates, both)'],
    [{ epochs: '0' }, '--epochs must be a whole number of at least 1, got 0'],
    [{ epochs: 'many' }, '--epochs must be a whole number of at least 1, got many'],
    [{ width: '-1' }, '--width must be positive, got -1'],
    [{ batchSize: '1' }, '--batch-size must be a whole number of at least 2, got 1'],
    [{ seed: '' }, '--seed must have a value, got an empty string'],
    [{ backend: 'cpu', threads: '2' }, '--threads 2 conflicts with --backend cpu, which has one thread'],
    [{ depth: '4', lambda: 'x' }, '--lambda must be a number of at least 0, got x; --depth must be one of 5, 6, 7, got 4'],
  ])('%o is refused in one line', (flags, message) => {
    expect(() => resolve(flags as Record<string, string>)).toThrow(message);
  });

  it('refuses unknown keys', () => {
    const parsed = trainerOptionsSchema.safeParse({ ...resolve({}), widht: 1 });
    expect(parsed.error?.issues).toMatchObject([{ code: 'unrecognized_keys', keys: ['widht'] }]);
  });
});

describe('nearestName', () => {
  it('finds a misspelt name', () => expect(nearestName('quikstart', presetNames)).toBe('quickstart'));
  it('offers nothing for a strange one', () => expect(nearestName('banana', presetNames)).toBeUndefined());
});
