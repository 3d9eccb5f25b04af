import '@tensorflow/tfjs-backend-cpu';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memory, randomNormal, setBackend } from '@tensorflow/tfjs-core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cmcganFromTensors, createChenGan, createCmcgan, fromSafetensors, toSafetensors } from '../index';
import type { CmcganConfig } from '../index';
import { loadModel, saveModel, writeFileAtomic } from './index';

let folder: string;
const weightsPath = () => join(folder, 'model.safetensors');
const configPath = () => join(folder, 'config.json');

beforeAll(() => setBackend('cpu'));
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cmcgan-model-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const tiny = (seed = 1) => createCmcgan({ width: 1 / 64, depth: 5, seed, discriminator: { hiddenUnits: 2 } });

/** Saves a tiny model, then changes its weights file. */
async function saveChanged(change: (tensors: ReturnType<typeof fromSafetensors>['tensors']) => void): Promise<void> {
  await saveModel(tiny(), folder);
  const { tensors } = fromSafetensors(readFileSync(weightsPath()));
  change(tensors);
  writeFileSync(weightsPath(), toSafetensors(tensors));
}

describe('saveModel and loadModel', () => {
  it('give back a model that has the same variables and makes the same sounds', async () => {
    const model = tiny();
    model.tensors()['encoderA.1.movingMean.A'].assign(randomNormal([2]));
    await saveModel(model, join(folder, 'new', 'folder'));
    const loaded = await loadModel(join(folder, 'new', 'folder'));
    expect(loaded.config).toEqual(model.config);
    expect(Object.keys(loaded.tensors())).toEqual(Object.keys(model.tensors()));
    for (const [name, tensor] of Object.entries(model.tensors())) {
      expect(loaded.tensors()[name].dataSync(), name).toEqual(tensor.dataSync());
    }
    const [image, z] = [randomNormal([2, 128, 128, 3]) as Tensor4D, randomNormal([2, 1, 1, 100]) as Tensor4D];
    const options = { statistics: 'batch' } as const;
    expect(loaded.generateSound!(image, z, options).dataSync()).toEqual(model.generateSound(image, z, options).dataSync());
  });

  it('write files from which a browser makes the model as the README says', async () => {
    const model = tiny();
    await saveModel(model, folder);
    const config = JSON.parse(readFileSync(configPath(), 'utf8')) as CmcganConfig;
    const { tensors } = fromSafetensors(readFileSync(weightsPath()));
    const made = cmcganFromTensors(config, tensors);
    expect(made.config).toEqual(model.config);
    expect(made.tensors()['encoderV.2.filter'].dataSync()).toEqual(model.tensors()['encoderV.2.filter'].dataSync());
    expect(() => cmcganFromTensors({ ...config, architecture: 'chen' }, tensors)).toThrow(
      'cmcganFromTensors: config must be of the architecture cmcgan, got chen',
    );
  });

  it('give back a baseline too', async () => {
    const model = createChenGan({ from: 'V', width: 1 / 64, featureSize: 4, seed: 1 });
    await saveModel(model, folder);
    const loaded = await loadModel(folder);
    expect([loaded.architecture, loaded.config]).toEqual(['chen', model.config]);
    expect(loaded.generateImage).toBeUndefined();
    const [image, z] = [randomNormal([2, 128, 128, 3]) as Tensor4D, randomNormal([2, 1, 1, 10]) as Tensor4D];
    expect(loaded.generateSound!(image, z).dataSync()).toEqual(model.generateSound!(image, z).dataSync());
    const { from, ...partial } = model.config;
    writeFileSync(configPath(), JSON.stringify({ architecture: 'chen', ...partial }));
    await expect(loadModel(folder)).rejects.toThrow('must hold the whole configuration, but from is missing');
    writeFileSync(configPath(), JSON.stringify({ architecture: 'chen', ...partial, from: from.toLowerCase() }));
    await expect(loadModel(folder)).rejects.toThrow('resolveChenConfig: from must be one of V, A, got "v"');
  });

  it('keep the description of the data, and reject an impossible one', async () => {
    const facts = {
      decibelRange: { floorDb: -61.5, ceilingDb: 18.5 },
      sampleRateHz: 44_100,
      classNames: ['bassoon', 'cello'],
    };
    for (const model of [
      createCmcgan({ width: 1 / 64, seed: 1, ...facts }),
      createChenGan({ from: 'V', width: 1 / 64, seed: 1, ...facts }),
    ]) {
      await saveModel(model, folder);
      expect((await loadModel(folder)).config).toMatchObject(facts);
      const config = JSON.parse(readFileSync(configPath(), 'utf8')) as Record<string, unknown>;
      const withFact = async (fact: object) => {
        writeFileSync(configPath(), JSON.stringify({ ...config, ...fact }));
        await loadModel(folder);
      };
      const rule = `${configPath()} must hold a valid configuration: `;
      await expect(withFact({ decibelRange: { floorDb: 20, ceilingDb: 20 } })).rejects.toThrow(rule);
      await expect(withFact({ decibelRange: { floorDb: -60 } })).rejects.toThrow(
        'decibelRange must have floorDb below ceilingDb',
      );
      await expect(withFact({ decibelRange: null })).rejects.toThrow('decibelRange must have floorDb below ceilingDb');
      await expect(withFact({ sampleRateHz: 0 })).rejects.toThrow('sampleRateHz must be positive, got 0');
      await expect(withFact({ classNames: ['cello', 'cello'] })).rejects.toThrow('classNames must be a list of different names');
      await expect(withFact({ classNames: 'cello' })).rejects.toThrow('classNames must be a list of different names');
    }
  });

  it('find the model of a run folder: the best checkpoint, else the last, or the one asked for', async () => {
    const checkpoint = (name: string) => join(folder, 'checkpoints', name);
    const firstWeight = async (options?: { checkpoint: string }) =>
      (await loadModel(folder, options)).tensors()['encoderV.0.filter'].dataSync()[0];
    const weightOf = (seed: number) => tiny(seed).tensors()['encoderV.0.filter'].dataSync()[0];
    await saveModel(tiny(1), checkpoint('last'));
    expect(await firstWeight()).toBe(weightOf(1));
    await saveModel(tiny(2), checkpoint('best'));
    expect(await firstWeight()).toBe(weightOf(2));
    expect(await firstWeight({ checkpoint: 'last' })).toBe(weightOf(1));
  });

  it('read files of a version that had one architecture and one kind of discriminator', async () => {
    await saveModel(tiny(), folder);
    const { architecture, discriminator, ...config } = JSON.parse(readFileSync(configPath(), 'utf8')) as Record<string, object>;
    const { kind, ...older } = discriminator as Record<string, unknown>;
    expect({ architecture, kind }).toEqual({ architecture: 'cmcgan', kind: 'joint' });
    writeFileSync(configPath(), JSON.stringify({ ...config, discriminator: older }));
    expect((await loadModel(folder)).config).toEqual(tiny().config);
    writeFileSync(configPath(), JSON.stringify({ ...config, architecture: 'transformer' }));
    await expect(loadModel(folder)).rejects.toThrow('must be one of cmcgan, chen, got "transformer"');
  });

  it('replace what was there and leave no temporary file', async () => {
    await saveModel(tiny(1), folder);
    const second = tiny(2);
    await saveModel(second, folder);
    expect(readdirSync(folder).sort()).toEqual(['config.json', 'model.safetensors']);
    const name = 'encoderV.2.filter';
    expect((await loadModel(folder)).tensors()[name].dataSync()).toEqual(second.tensors()[name].dataSync());
  });

  it('name the file of weights that is missing, truncated or corrupt', async () => {
    await saveModel(tiny(), folder);
    const bytes = readFileSync(weightsPath());
    writeFileSync(weightsPath(), bytes.subarray(0, bytes.length - 100));
    await expect(loadModel(folder)).rejects.toThrow(`${weightsPath()} must be a whole safetensors file, but it is truncated`);
    writeFileSync(weightsPath(), 'not weights at all');
    await expect(loadModel(folder)).rejects.toThrow(`${weightsPath()} must be a whole safetensors file, but its header`);
    rmSync(weightsPath());
    await expect(loadModel(folder)).rejects.toThrow(`${folder} must hold a model, but there is neither model.safetensors`);
  });

  it('give a model without its discriminator a new one', async () => {
    await saveChanged((tensors) => {
      for (const name of Object.keys(tensors).filter((each) => each.startsWith('discriminator.'))) delete tensors[name];
    });
    const [whole, loaded] = [tiny(), await loadModel(folder)];
    const valuesOf = (model: typeof loaded, name: string) => model.tensors()[name].dataSync();
    expect(Object.keys(loaded.tensors())).toEqual(Object.keys(whole.tensors()));
    expect(valuesOf(loaded, 'decoderA.0.filter')).toEqual(valuesOf(whole, 'decoderA.0.filter'));
    const again = valuesOf(await loadModel(folder), 'discriminator.trunkV.1.filter');
    expect(valuesOf(loaded, 'discriminator.trunkV.1.filter')).toEqual(again);
    expect(new Set(again).size).toBeGreaterThan(1); // not constant: it can learn
  });

  it('name the tensor of a discriminator that is there in part', async () => {
    await saveChanged((tensors) => delete tensors['discriminator.trunkV.1.filter']);
    await expect(loadModel(folder)).rejects.toThrow(`${weightsPath()} must hold discriminator.trunkV.1.filter, which is missing`);
  });

  it('name a tensor that is missing, unknown or of another shape, and free what they had made', async () => {
    await saveChanged((tensors) => delete tensors['decoderA.0.beta']);
    await expect(loadModel(folder)).rejects.toThrow(`${weightsPath()} must hold decoderA.0.beta, which is missing`);
    await saveChanged((tensors) => (tensors.surplus = { shape: [1], data: Float32Array.of(1) }));
    const before = memory().numTensors;
    await expect(loadModel(folder)).rejects.toThrow("must hold this configuration's tensors only, got surplus");
    expect(memory().numTensors).toBe(before);
    await saveChanged((tensors) => (tensors['decoderA.0.beta'] = { shape: [1], data: Float32Array.of(1) }));
    await expect(loadModel(folder)).rejects.toThrow(`decoderA.0.beta of ${weightsPath()} must have the shape [4], got [1]`);
  });

  it('name a configuration that is not JSON, partial, unknown or out of range', async () => {
    await saveModel(tiny(), folder);
    const config = JSON.parse(readFileSync(configPath(), 'utf8')) as Record<string, unknown>;
    const withConfig = async (text: string) => {
      writeFileSync(configPath(), text);
      await loadModel(folder);
    };
    await expect(withConfig('{"width": 1')).rejects.toThrow(`loadModel: ${configPath()} must be JSON`);
    await expect(withConfig('[]')).rejects.toThrow(`loadModel: ${configPath()} must hold a JSON object`);
    const partial: Partial<typeof config> = { ...config };
    delete partial.latentSize;
    await expect(withConfig(JSON.stringify(partial))).rejects.toThrow(
      'must hold the whole configuration, but latentSize is missing',
    );
    await expect(withConfig(JSON.stringify({ ...config, discriminator: {} }))).rejects.toThrow(
      'but discriminator.normalisation is missing',
    );
    await expect(withConfig(JSON.stringify({ ...config, more: 1 }))).rejects.toThrow(
      'must hold a valid configuration: resolveConfig: options',
    );
    await expect(withConfig(JSON.stringify({ ...config, depth: 9 }))).rejects.toThrow('depth must be one of 5, 6, 7, got 9');
  });
});

describe('writeFileAtomic', () => {
  it('keeps the old content and leaves nothing beside it when writing fails', async () => {
    const path = join(folder, 'file');
    writeFileSync(path, 'old');
    const failing = (function* () {
      yield new Uint8Array(10);
      throw new Error('disk on fire');
    })();
    await expect(writeFileAtomic(path, failing)).rejects.toThrow('disk on fire');
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['file']);
  });
});
