import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import { createChenGan, fromSafetensors, wayName, type ChenGan } from '@cmcgan/model';
import { loadModel } from '@cmcgan/model/node';
import { randomNormal, setBackend, type Tensor4D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { VariantName } from '../src/variants/variants';
import { runCli } from './cli-process';
import { essenceOf, listFiles, readLog } from './run-files';
import { temporaryFolder } from '../../../test/temporary-folder';
import { simulateTinyData } from './tiny-data';

const root = temporaryFolder('variants');
let data: string;

beforeAll(async () => {
  await setBackend('cpu');
  data = await simulateTinyData(root);
});

async function succeed(words: readonly string[]): Promise<string> {
  const { stdout, stderr, exitCode } = await runCli(words);
  expect(stderr).toBe('');
  expect(exitCode).toBe(0);
  return stdout;
}

const train = (name: string, words: readonly string[]) =>
  succeed(['--preset', 'quick', '--data', data, '--out', join(root, name), ...words]);

const JOINT = ['total', 'wrong', 'fake'];
const CONDITIONAL = ['total', 'real', 'wrong', 'fake'];
const BOTH_ENDS = ['A→A→V', 'A→V', 'V→V→A', 'V→A'];

describe('--variant', () => {
  it.each<[VariantName, string[], string[]]>([
    ['nlcmcgan-5', JOINT, BOTH_ENDS],
    ['lcgan', JOINT, ['A→V', 'V→A']],
    ['standard-loss', ['total', 'image', 'sound'], BOTH_ENDS],
    ['s2ic', CONDITIONAL, ['A→V']],
    ['i2s', CONDITIONAL, ['V→A']],
    ['s2i-n', CONDITIONAL, ['A→V']],
    ['s2i-a', CONDITIONAL, ['A→V']],
  ])('%s trains two steps, draws what it can, loads back and generates', async (variant, losses, ways) => {
    await train(variant, ['--variant', variant, '--max-steps', '2']);
    const run = join(root, variant);
    const log = readLog(run);
    expect(log).toHaveLength(2);
    expect(Object.keys(log[1].discriminator as object)).toEqual(losses);
    const fromSounds = ways.some((way) => way.startsWith('A'));
    const fromImages = ways.some((way) => way.startsWith('V'));
    expect(listFiles(join(run, 'samples', 'sound-to-image'))).toHaveLength(fromSounds ? 1 : 0);
    expect(listFiles(join(run, 'samples', 'image-to-sound'))).toHaveLength(fromImages ? 1 : 0);

    const model = await loadModel(run);
    expect(model.ways.map(wayName)).toEqual(ways);
    const z = model.latentSize > 0 ? (randomNormal([1, 1, 1, model.latentSize]) as Tensor4D) : undefined;
    const image = model.generateImage?.(randomNormal([1, 128, 32, 1]) as Tensor4D, z);
    const sound = model.generateSound?.(randomNormal([1, 128, 128, 3]) as Tensor4D, z);
    expect(image?.shape).toEqual(fromSounds ? [1, 128, 128, 3] : undefined);
    expect(sound?.shape).toEqual(fromImages ? [1, 128, 32, 1] : undefined);
    model.dispose();
  });

  it('s2ic generates from the classifier that it trained first or was given, which stays as it was', async () => {
    const given = join(root, 's2ic', 'feature-classifier');
    expect(existsSync(given)).toBe(true);
    const said = await train('given', ['--variant', 's2ic', '--max-steps', '2', '--feature-classifier', given]);
    expect(said).not.toContain('classifier first');
    expect(existsSync(join(root, 'given', 'feature-classifier'))).toBe(false);
    const [own, other] = [await loadModel(join(root, 's2ic')), await loadModel(join(root, 'given'))];
    const trunk = fromSafetensors(readFileSync(join(given, 'model.safetensors'))).tensors;
    for (const [name, tensor] of Object.entries(own.tensors()).filter(([key]) => key.startsWith('feature.'))) {
      const expected = trunk[name.replace('feature.', 'trunkA.')].data;
      expect(tensor.dataSync(), name).toEqual(expected);
      expect(other.tensors()[name].dataSync(), name).toEqual(expected);
    }
    const refused = await runCli([
      '--preset',
      'quick',
      '--data',
      data,
      '--out',
      join(root, 'i2s-given'),
      '--variant',
      'i2s',
      '--feature-classifier',
      given,
    ]);
    expect(refused.stderr).toContain(`the classifier in ${given} must have the modality V, got A`);
    expect(refused.exitCode).not.toBe(0);
  });
});

describe('--variant s2i-a', () => {
  it('generates from the encoder of an autoencoder that was trained first', async () => {
    const { config, tensors } = (await loadModel(join(root, 's2i-a'))) as ChenGan;
    const initial = createChenGan({ ...config, seed: 1 }).tensors();
    for (const [name, tensor] of Object.entries(tensors()).filter(([key]) => /^feature.*(filter|movingMean)$/.test(key))) {
      expect(tensor.dataSync(), name).not.toEqual(initial[name].dataSync());
    }
  });
});

describe('--contrastive-steps', () => {
  it('changes where the run starts from, and the losses say what is found', async () => {
    const once = ['--contrastive', '1', '--max-steps', '1'];
    const stdout = await train('found', [...once, '--contrastive-steps', '40']);
    await train('not-found', once);
    expect(stdout).toContain('First learning to find pictures by their sounds: 40 steps');
    const lossOf = (name: string) => {
      const step = readLog(join(root, name)).find(({ discriminator }) => discriminator) as {
        discriminator: { contrastive: number };
      };
      return step.discriminator.contrastive;
    };
    expect(lossOf('found')).toBeLessThan(0.8 * lossOf('not-found'));
  });
});

describe('--decoder-steps', () => {
  it('lets the run start from decoders that have learnt, with encoders as they were found', async () => {
    const once = ['--contrastive-steps', '3', '--max-steps', '1'];
    const stdout = await train('decoded', [...once, '--decoder-steps', '30']);
    await train('not-decoded', once);
    expect(stdout).toContain('Learning to make pictures and sounds from what was found: 30 steps');
    const lossOf = (name: string) => {
      const step = readLog(join(root, name)).find(({ generator }) => generator) as { generator: { consistency: number } };
      return step.generator.consistency;
    };
    expect(lossOf('decoded')).toBeLessThan(0.9 * lossOf('not-decoded'));
  });
});

describe('resuming is exact', () => {
  it.each<[string, string[]]>([
    [
      'with an average of the weights, a schedule, clipping and augmentation',
      [
        ...['--ema-decay', '0.9', '--learning-rate-schedule', 'cosine', '--warm-up-steps', '2'],
        ...['--gradient-clip', '0.5', '--augmentation', 'masked'],
      ],
    ],
    ['of a baseline', ['--variant', 's2ic']],
    [
      'of networks that first learn to find pictures, to make them and to read what they make',
      [
        ...['--contrastive', '1', '--contrastive-steps', '3', '--decoder-steps', '2', '--path-steps', '2'],
        ...['--encoders', 'frozen', '--similar-means', '2'],
      ],
    ],
  ])('%s', async (name, words) => {
    const [quiet, resumed] = [`quiet ${name}`, `resumed ${name}`];
    await train(quiet, words);
    await train(resumed, [...words, '--max-steps', '2']);
    await succeed(['--resume', join(root, resumed), '--max-steps', 'none']);
    expect(essenceOf(join(root, resumed))).toEqual(essenceOf(join(root, quiet)));
  });
});
