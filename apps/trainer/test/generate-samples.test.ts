import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { WAYS, createCmcgan, wayName, type Cmcgan, type GeneratedRole } from '@cmcgan/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseWay } from '../src/generation/generate-file';
import { generateSamples, seededLatents } from '../src/generation/generate-samples';
import { generateBothWays, waysFrom } from '../src/samples/generate-both-ways';

const IMAGE = new Float32Array(128 * 128 * 3).fill(0.5);
const SOUND = new Float32Array(128 * 32).fill(-0.5);
let model: Cmcgan;

beforeAll(async () => {
  await tf.setBackend('cpu');
  // Weights of He's size let the latent through without training.
  model = createCmcgan({ width: 1 / 64, latentSize: 4, initialisation: 'he', seed: 1 });
});

afterAll(() => model.dispose());

describe('seededLatents', () => {
  const values = (seed: number, pass: GeneratedRole) => [...seededLatents(seed)(pass, 6)];

  it('follow from seed and decoder pass alone', () => {
    expect(values(1, 'AAV')).toEqual(values(1, 'AAV'));
    expect(values(1, 'AA')).not.toEqual(values(1, 'AAV'));
    expect(values(2, 'AAV')).not.toEqual(values(1, 'AAV'));
  });
});

describe('generateSamples', () => {
  const fromSounds = (seed: number, way = WAYS[0]) => generateSamples(model, { samples: [SOUND, SOUND], seed }, way);

  it('makes an image of each sound, another one with another seed, and another one along another way', async () => {
    const generated = await fromSounds(1);
    expect(generated.map(({ length }) => length)).toEqual([IMAGE.length, IMAGE.length]);
    expect(await fromSounds(1)).toEqual(generated);
    expect(await fromSounds(2)).not.toEqual(generated);
    expect(await fromSounds(1, WAYS[1])).not.toEqual(generated);
  });

  it('disposes of every tensor that it makes', async () => {
    const before = tf.memory().numTensors;
    await fromSounds(1);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('the ways of LCGAN', () => {
  it('are the direct ones: it has no path from a modality to itself', async () => {
    const lcgan = createCmcgan({ width: 1 / 64, latentSize: 0, paths: 'two', seed: 1 });
    expect([waysFrom(lcgan, 'A'), waysFrom(lcgan, 'V')].map((ways) => ways.map(wayName))).toEqual([['A→V'], ['V→A']]);
    const [pair] = await generateBothWays(lcgan, [{ image: IMAGE, sound: SOUND }], 1);
    expect(Object.keys(pair).sort()).toEqual(['AV', 'VA']);
    const withEnd = () => chooseWay(lcgan, 'V', 'pathEnd');
    expect(withEnd).toThrow("this checkpoint's networks have no path V→V→A; use --output direct");
    expect(chooseWay(lcgan, 'V', null).output).toBe('direct');
    expect(() => chooseWay({ ways: [WAYS[1]] }, 'V', null)).toThrow("this checkpoint's networks generate nothing from a picture");
    lcgan.dispose();
  });
});
