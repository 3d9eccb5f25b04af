import '@tensorflow/tfjs-backend-cpu';
import { concat, memory, randomNormal, randomUniform, setBackend, tidy } from '@tensorflow/tfjs-core';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { applyNetwork, createCmcgan, createStatisticsCollector, namedVariables, samplesByRole, wayName } from './index';
import type { Cmcgan, CmcganOptions, GeneratedRole } from './index';

const TINY = { width: 1 / 64, seed: 1 };
const images = (batch = 2, seed = 1) => randomNormal([batch, 128, 128, 3], 0, 0.5, 'float32', seed) as Tensor4D;
const sounds = (batch = 2, seed = 2) => randomNormal([batch, 128, 32, 1], 0, 0.5, 'float32', seed) as Tensor4D;
const latent = (batch = 2, size = 100, seed = 3) => randomNormal([batch, 1, 1, size], 0, 1, 'float32', seed) as Tensor4D;
const values = (tensor: Tensor) => [...tensor.dataSync()];

beforeAll(() => setBackend('cpu'));

/** Closed forms from the tables: 25 taps per filter, two parameters per channel for batch normalisation, one for a bias. */
function expectedCounts(width: number, code: number, latentSize: number) {
  const table = [64, 128, 256, 512, 512, 256].map((channels) => channels * width);
  const filters = (channels: number[]) => channels.slice(1).reduce((sum, count, i) => sum + 25 * count * channels[i], 0);
  const total = (channels: number[]) => channels.reduce((sum, count) => sum + count, 0);
  const encoder = (samples: number) => filters([samples, ...table, code]) + 2 * (total(table) + code);
  const decoder = (samples: number) =>
    filters([code + latentSize, ...[...table].reverse(), samples]) + 2 * total(table) + samples;
  const trunk = (samples: number) => filters([samples, ...table, code]) + table[0] + 2 * (total(table.slice(1)) + code);
  return {
    encoderV: encoder(3),
    encoderA: encoder(1),
    decoderV: decoder(3),
    decoderA: decoder(1),
    discriminator: trunk(3) + trunk(1) + 2 * code + 1,
  };
}

describe('createCmcgan', () => {
  it.each([
    [1 / 4, 16],
    [1 / 8, 64],
  ])('has as many parameters at width %d, code %d as the tables say', (width, codeSize) => {
    const model = createCmcgan({ width, codeSize, discriminator: { featureSize: codeSize }, seed: 1 });
    expect(model.parameterCounts()).toMatchObject(expectedCounts(width, codeSize, 100));
    const { generator, discriminator, total } = model.parameterCounts();
    expect(model.generatorVariables.reduce((sum, { size }) => sum + size, 0)).toBe(generator);
    expect(model.discriminatorVariables.reduce((sum, { size }) => sum + size, 0)).toBe(discriminator);
    expect(total).toBe(generator + discriminator);
    model.dispose();
  });

  it('draws the same weights from the same seed, others from another, none equal', () => {
    const filters = [1, 1, 2].map((seed) => values(createCmcgan({ ...TINY, seed }).tensors()['encoderV.3.filter']));
    expect(filters[1]).toEqual(filters[0]);
    expect(filters[2]).not.toEqual(filters[0]);
    const tensors = createCmcgan({ width: 1 / 8, seed: 5 }).tensors();
    const filter = values(tensors['decoderV.2.filter']);
    const mean = filter.reduce((sum, x) => sum + x, 0) / filter.length;
    const deviation = Math.sqrt(filter.reduce((sum, x) => sum + (x - mean) ** 2, 0) / filter.length);
    expect(Math.abs(mean)).toBeLessThan(3e-4);
    expect(deviation).toBeCloseTo(0.02, 3);
    expect(values(tensors['encoderV.2.filter']).slice(0, 5)).not.toEqual(filter.slice(0, 5));
  });

  it("initialises the discriminator with He's deviation when asked", () => {
    const tensors = createCmcgan({ width: 1 / 8, seed: 5, discriminator: { initialisation: 'he' } }).tensors();
    const filter = values(tensors['discriminator.trunkV.3.filter']);
    const deviation = Math.sqrt(filter.reduce((sum, x) => sum + x ** 2, 0) / filter.length);
    expect(deviation).toBeCloseTo(Math.sqrt(2 / (25 * 32)), 3);
  });

  it('has a head for each modality where the discriminator is unimodal, and judges samples instead of pairs', () => {
    const { total, discriminator } = createCmcgan({ width: 1 / 8, seed: 1 }).parameterCounts();
    const model = createCmcgan({ width: 1 / 8, seed: 1, discriminator: { kind: 'unimodal' } });
    // The joint head: 2 · 8 weights and a bias. The unimodal ones: 8 weights and a bias each.
    expect(model.parameterCounts()).toMatchObject({ discriminator: discriminator + 1, total: total + 1 });
    const options = { role: 'real', statistics: 'moving' } as const;
    const features = model.discriminator.soundFeatures(sounds(), options);
    expect(model.discriminator.realismLogits('A', features).shape).toEqual([2, 1]);
    expect(values(model.discriminator.realismLogits('V', features))).not.toEqual(
      values(model.discriminator.realismLogits('A', features)),
    );
    expect(() => model.discriminator.logits(features, features)).toThrow('logits: discriminator must be joint to judge a pair');
    const joint = createCmcgan({ width: 1 / 64, seed: 1 });
    expect(() => joint.discriminator.realismLogits('A', features)).toThrow('realismLogits: discriminator must be unimodal');
  });

  it('tells classes apart by the features of either modality where it is to', () => {
    const [without, model] = [0, 3].map((classes) => createCmcgan({ ...TINY, classes }));
    const { featureSize } = model.config.discriminator;
    // A dense layer for each modality. All other weights are the same.
    expect(model.parameterCounts().discriminator).toBe(without.parameterCounts().discriminator + 2 * 3 * (featureSize + 1));
    for (const [name, tensor] of Object.entries(without.tensors())) {
      expect(values(model.tensors()[name]), name).toEqual(values(tensor));
    }
    const features = model.discriminator.soundFeatures(sounds(), { role: 'real', statistics: 'moving' });
    const [pictures, heard] = [model.discriminator.classLogits('V', features), model.discriminator.classLogits('A', features)];
    expect(heard.shape).toEqual([2, 3]);
    expect(values(heard)).not.toEqual(values(pictures));
    expect(() => without.discriminator.classLogits('A', features)).toThrow(
      'classLogits: config.classes must be at least 1 for the discriminator to tell classes apart, got 0',
    );
  });

  it('names its ways: ends first, and only direct ones with two paths', () => {
    expect(createCmcgan(TINY).ways.map(wayName)).toEqual(['A→A→V', 'A→V', 'V→V→A', 'V→A']);
    expect(createCmcgan({ ...TINY, paths: 'two' }).ways.map(wayName)).toEqual(['A→V', 'V→A']);
  });

  it('frees its memory', () => {
    const before = memory();
    createCmcgan(TINY).dispose();
    expect(memory()).toMatchObject({ numTensors: before.numTensors, numBytes: before.numBytes });
  });

  it.each<[string, object, string]>([
    ['an unknown key', { widht: 1 }, 'resolveConfig: options must be among width, depth,'],
    [
      'an unknown kind of discriminator',
      { discriminator: { kind: 'both' } },
      'discriminator.kind must be one of joint, unimodal, got',
    ],
    ['an unknown key of the discriminator', { discriminator: { norm: 1 } }, 'got discriminator.norm'],
    ['a depth of 4', { depth: 4 }, 'resolveConfig: depth must be one of 5, 6, 7, got 4'],
    ['a width of 0', { width: 0 }, 'resolveConfig: width must be positive, got 0'],
    ['a broken latent size', { latentSize: 1.5 }, 'resolveConfig: latentSize must be a whole number of at least 0, got 1.5'],
    ['a broken seed', { seed: 0.5 }, 'createCmcgan: seed must be a whole number, got 0.5'],
  ])('refuses %s', (_, options, message) => {
    expect(() => createCmcgan({ seed: 1, ...options })).toThrow(message);
  });
});

describe('shapes', () => {
  const variants: [string, CmcganOptions, [number, number], [number, number]][] = [
    ['depth 7', { depth: 7 }, [1, 1], [1, 1]],
    ['depth 6', { depth: 6 }, [2, 2], [2, 1]],
    ['depth 5', { depth: 5 }, [4, 4], [4, 1]],
    ['depth 5 without latent', { depth: 5, latentSize: 0 }, [4, 4], [4, 1]],
    ['the literal output', { outputActivation: 'batchNormLeakyRelu' }, [1, 1], [1, 1]],
    ['mixed statistics', { statistics: 'mixed' }, [1, 1], [1, 1]],
  ];

  it.each(variants)('of codes and of all eight samples: %s', (_, options, imageCode, soundCode) => {
    const model = createCmcgan({ ...TINY, ...options });
    const { latentSize, codeSize } = model.config;
    tidy(() => {
      const samples = { V: images(), A: sounds() };
      expect(applyNetwork(model.encoderV, samples.V, { role: 'V', statistics: 'batch' }).shape).toEqual([
        2,
        ...imageCode,
        codeSize,
      ]);
      expect(applyNetwork(model.encoderA, samples.A, { role: 'A', statistics: 'batch' }).shape).toEqual([
        2,
        ...soundCode,
        codeSize,
      ]);
      const latents = latentSize === 0 ? {} : Object.fromEntries(model.roles.map((role, i) => [role, latent(2, latentSize, i)]));
      const generated = model.generate({ samples, latents, roles: model.roles, statistics: 'batch' });
      expect(Object.keys(generated).sort()).toEqual(['AA', 'AAV', 'AV', 'AVA', 'VA', 'VAV', 'VV', 'VVA']);
      for (const [role, sample] of Object.entries(generated)) {
        expect(sample.shape, role).toEqual(role.endsWith('V') ? [2, 128, 128, 3] : [2, 128, 32, 1]);
      }
    });
  });

  it('of the discriminator', () => {
    const model = createCmcgan({ ...TINY, depth: 5, discriminator: { featureSize: 7, hiddenUnits: 3 } });
    tidy(() => {
      const options = { role: 'real', statistics: 'batch' } as const;
      const [imageFeatures, soundFeatures] = [
        model.discriminator.imageFeatures(images(), options),
        model.discriminator.soundFeatures(sounds(), options),
      ];
      expect(imageFeatures.shape).toEqual([2, 7]);
      expect(soundFeatures.shape).toEqual([2, 7]);
      expect(model.discriminator.logits(imageFeatures, soundFeatures).shape).toEqual([2, 1]);
    });
  });
});

describe('generateBatches', () => {
  const setup = (depth: 5 | 7) => {
    const model = createCmcgan({ ...TINY, depth, latentSize: 3 });
    const latents = Object.fromEntries(model.roles.map((role, i) => [role, latent(2, 3, i)]));
    return { model, options: { samples: { V: images(), A: sounds() }, latents, statistics: 'batch' } as const };
  };

  it.each([5, 7] as const)('gives each role what it has by itself, in batches of those that share a pass, depth %d', (depth) => {
    const { model, options } = setup(depth);
    tidy(() => {
      const batches = model.generateBatches({ ...options, roles: model.roles });
      expect(batches.map(({ roles }) => roles)).toEqual([
        ['AA', 'VA'],
        ['AV', 'VV'],
        ['AVA', 'VVA'],
        ['AAV', 'VAV'],
      ]);
      for (const [role, sample] of Object.entries(samplesByRole(batches)) as [GeneratedRole, Tensor4D][]) {
        const alone = values(model.generate({ ...options, roles: [role] })[role]!);
        const together = values(sample);
        expect(Math.max(...alone.map((value, i) => Math.abs(value - together[i]))), role).toBeLessThan(1e-5);
      }
    });
    model.dispose();
  });

  it('makes only what the roles need', () => {
    const { model, options } = setup(7);
    tidy(() => {
      const rolesOf = (...roles: GeneratedRole[]) => model.generateBatches({ ...options, roles }).map((batch) => batch.roles);
      expect(rolesOf('AAV', 'VA')).toEqual([['AA', 'VA'], ['AAV']]);
      expect(rolesOf('VVA')).toEqual([['VV'], ['VVA']]);
      const only = { ...options, samples: { A: options.samples.A }, roles: ['AV', 'VA'] } as const;
      expect(() => model.generateBatches(only)).toThrow('generate: samples must hold V, got A');
    });
    model.dispose();
  });
});

describe('generateSound and generateImage', () => {
  const model = () => createCmcgan(TINY);

  it('return the path end by default, the direct sample when asked, in [-1, 1]', () => {
    const built = model();
    tidy(() => {
      const z = latent();
      const sound = built.generateSound(images(), z, { statistics: 'batch' });
      const direct = built.generateSound(images(), z, { statistics: 'batch', output: 'direct' });
      const image = built.generateImage(sounds(), [z, z]);
      expect(sound.shape).toEqual([2, 128, 32, 1]);
      expect(image.shape).toEqual([2, 128, 128, 3]);
      expect(values(direct)).not.toEqual(values(sound));
      for (const value of [...values(sound), ...values(image)]) expect(Math.abs(value)).toBeLessThanOrEqual(1);
      const options = { statistics: 'batch' } as const;
      const first = applyNetwork(built.encoderV, images(), { ...options, role: 'V' });
      const again = applyNetwork(built.decoderV, [first, z], { ...options, role: 'VV' });
      const code = applyNetwork(built.encoderV, again, { ...options, role: 'VV' });
      expect(values(applyNetwork(built.decoderA, [code, z], { ...options, role: 'VVA' }))).toEqual(values(sound));
    });
  });

  it('leave nothing behind but the result', () => {
    const built = model();
    const [image, z] = [images(), latent()];
    const before = memory().numTensors;
    built.generateSound(image, z).dispose();
    expect(memory().numTensors).toBe(before);
  });

  it('use the direct way in LCGAN and reject the other', () => {
    const lcgan = createCmcgan({ ...TINY, paths: 'two' });
    expect(lcgan.roles).toEqual(['VA', 'AV', 'VAV', 'AVA']);
    expect(lcgan.generateSound(images(), latent()).shape).toEqual([2, 128, 32, 1]);
    expect(() => lcgan.generateImage(sounds(), latent(), { output: 'pathEnd' })).toThrow(
      'generateImage: output must be direct where the model has no path A→A→V, got pathEnd',
    );
  });

  it('name what has the wrong shape', () => {
    const built = model();
    expect(() => built.generateSound(sounds(), latent())).toThrow(
      'generateSound: image must have the shape [B, 128, 128, 3], got [2, 128, 32, 1]',
    );
    expect(() => built.generateSound(images())).toThrow('generateSound: z must be a tensor [2, 1, 1, 100] or a list of 2, got 0');
    expect(() => built.generateImage(sounds(), latent(3))).toThrow(
      'generateImage: z must have the shape [2, 1, 1, 100], got [3, 1, 1, 100]',
    );
  });
});

describe('a batch of several roles', () => {
  it.each(['batch', 'moving'] as const)('is normalised role by role, by %s statistics', (statistics) => {
    const model = createCmcgan(TINY);
    const roles = ['VV', 'V', 'AV'] as const;
    const moving = [...namedVariables([model.encoderV])].filter(([name]) => name.includes('moving'));
    moving.forEach(([, variable], seed) => variable.assign(randomUniform(variable.shape, 0.5, 2, 'float32', seed)));
    tidy(() => {
      const samples = roles.map((_, i) => images(2, i));
      const together = applyNetwork(model.encoderV, concat(samples), { role: roles, statistics });
      const alone = roles.map((role, i) => applyNetwork(model.encoderV, samples[i], { role, statistics }));
      expect(values(together)).toEqual(values(concat(alone)));
    });
    model.dispose();
  });

  it("moves each role's own averages", () => {
    const [together, alone] = [createCmcgan(TINY), createCmcgan(TINY)];
    const samples = [images(2, 1), images(2, 2)];
    const pass = (model: Cmcgan, sample: Tensor4D, role: 'AV' | 'VV' | readonly ('AV' | 'VV')[]) => {
      const collector = createStatisticsCollector();
      tidy(() => void model.encoderV.apply(sample, { role, statistics: 'batch', onStatistics: collector.collect }));
      collector.apply();
    };
    pass(together, concat(samples), ['AV', 'VV']);
    pass(alone, samples[0], 'AV');
    pass(alone, samples[1], 'VV');
    const [actual, expected] = [together, alone].map((model) => [...namedVariables([model.encoderV]).values()].map(values));
    expect(actual).toEqual(expected);
    for (const model of [together, alone]) model.dispose();
  });

  it('must divide into its roles', () => {
    const { encoderV } = createCmcgan(TINY);
    expect(() => encoderV.apply(images(3), { role: ['V', 'VV'], statistics: 'batch' })).toThrow(
      'encoderV.0: role must list roles whose number divides the batch of 3, got 2 roles',
    );
  });
});

describe('moving statistics', () => {
  const pass = (statistics: 'role' | 'mixed') => {
    const model = createCmcgan({ ...TINY, statistics });
    const collector = createStatisticsCollector();
    const samples = { V: images(4), A: sounds(4) };
    const latents = Object.fromEntries(model.roles.map((role, i) => [role, latent(4, 100, i)]));
    const run = () =>
      tidy(() => {
        const onStatistics = collector.collect;
        return values(model.generate({ samples, latents, roles: ['VVA'], statistics: 'batch', onStatistics }).VVA!);
      });
    return { model, collector, samples, latents, run };
  };

  it('change only when applied, once for each role', () => {
    const { model, collector, run } = pass('role');
    const moving = () => values(model.tensors()['encoderV.0.movingVariance.VV']);
    run();
    expect(moving().every((value) => value === 1)).toBe(true);
    collector.apply(0.9);
    const once = moving();
    expect(once.every((value) => value !== 1)).toBe(true);
    run();
    run(); // the same statistics twice: their mean is applied once
    collector.apply(0.9);
    moving().forEach((value, i) => expect(value).toBeCloseTo(0.9 * once[i] + 0.1 * ((once[i] - 0.9) / 0.1), 5));
    expect(values(model.tensors()['encoderV.0.movingVariance.AV']).every((value) => value === 1)).toBe(true);
  });

  it('make inference equal training once they have converged on a batch', () => {
    const { model, collector, run, samples, latents } = pass('role');
    const expected = run();
    collector.apply(0);
    const actual = values(model.generateSound(samples.V, [latents.VV, latents.VVA]));
    actual.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 4));
  });

  it('are a mixture of all roles where asked for', () => {
    const { model, collector, run } = pass('mixed');
    run();
    collector.apply(0.9);
    expect(Object.keys(model.tensors()).filter((name) => name.startsWith('encoderV.0.moving'))).toEqual([
      'encoderV.0.movingMean',
      'encoderV.0.movingVariance',
    ]);
    expect(values(model.tensors()['encoderV.0.movingVariance'])[0]).not.toBe(1);
  });

  it('leave no tensor behind', () => {
    const { collector, run } = pass('role');
    const before = memory().numTensors;
    run();
    collector.apply();
    run();
    collector.dispose();
    expect(memory().numTensors).toBe(before);
  });
});

describe('the joint discriminator', () => {
  it('cannot judge a match with a linear head, and can with hidden units', () => {
    const interaction = (hiddenUnits: number) => {
      const model = createCmcgan({ ...TINY, discriminator: { hiddenUnits, featureSize: 8, initialisation: 'he' } });
      return tidy(() => {
        const [a, b] = [1, 2].map((seed) => randomNormal([1, 8], 0, 1, 'float32', seed) as never);
        const [c, d] = [3, 4].map((seed) => randomNormal([1, 8], 0, 1, 'float32', seed) as never);
        const logit = (v: never, s: never) => values(model.discriminator.logits(v, s))[0];
        return logit(a, c) + logit(b, d) - logit(a, d) - logit(b, c);
      });
    };
    expect(Math.abs(interaction(0))).toBeLessThan(1e-5);
    expect(Math.abs(interaction(16))).toBeGreaterThan(1e-3);
  });

  it('has no batch normalisation if configured so', () => {
    const names = (normalisation: 'batch' | 'none') =>
      Object.keys(createCmcgan({ ...TINY, discriminator: { normalisation } }).tensors()).filter((name) =>
        name.startsWith('discriminator.'),
      );
    expect(names('none').some((name) => name.includes('gamma'))).toBe(false);
    expect(names('batch')).not.toContain('discriminator.trunkV.0.gamma');
    expect(names('batch')).toContain('discriminator.trunkV.1.gamma');
  });
});
