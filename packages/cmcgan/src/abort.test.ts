import '@tensorflow/tfjs-backend-cpu';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createClassifier } from '@cmcgan/classifier';
import { saveClassifier } from '@cmcgan/classifier/node';
import { saveModel } from '@cmcgan/model/node';
import { memory, setBackend } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/temporary-folder';
import { createGivenNetwork, GIVEN_PICTURE, GIVEN_RANGE, provenanceOf, risingTone } from '../test/given';
import { load, type GenerateOptions, type Model } from './index';

const folder = temporaryFolder('cmcgan-abort');
const inFolder = (...names: string[]) => join(folder, ...names);
const sound = { samples: risingTone(22_050), sampleRateHz: 44_100 };
let model: Model;
/** Answers with the model's config.json, and never with its weights. */
let server: Server;
let address: string;
let askedForWeights: () => void;

beforeAll(async () => {
  await setBackend('cpu');
  await saveModel(createGivenNetwork(), inFolder('model'));
  const classifier = createClassifier({ modality: 'VA', classNames: ['flute', 'horn'], width: 1 / 32, seed: 5 });
  await saveClassifier({ classifier, provenance: provenanceOf(GIVEN_RANGE) }, inFolder('model', 'classifier'));
  model = await load(inFolder('model'));
  await model.classify({ picture: GIVEN_PICTURE, sound }); // loads the classifier, which stays
  server = createServer(({ url = '' }, response) => {
    if (url.endsWith('config.json')) response.end(readFileSync(inFolder('model', 'config.json')));
    else askedForWeights();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  model.dispose();
  server.closeAllConnections();
  server.close();
});

const calls: [string, (options: GenerateOptions) => Promise<unknown>][] = [
  ['pictureToSound', (options) => model.pictureToSound(GIVEN_PICTURE, options)],
  ['soundToPicture', (options) => model.soundToPicture(sound, options)],
  ['soundToPictures', (options) => model.soundToPictures(sound, options)],
  ['restore', (options) => model.restore({ picture: GIVEN_PICTURE }, options)],
  ['classify', (options) => model.classify({ sound }, options)],
];

describe.each(calls)('%s', (name, call) => {
  it('rejects with the reason of a signal that is aborted while it works, and keeps no tensors', async () => {
    const before = memory().numTensors;
    const controller = new AbortController();
    const reason = new Error('the user left');
    setTimeout(() => controller.abort(reason), 1);
    await expect(call({ signal: controller.signal })).rejects.toBe(reason);
    expect(memory().numTensors).toBe(before);
  });

  it('does not begin where the signal is aborted already, whatever its reason', async () => {
    await expect(call({ signal: AbortSignal.abort('enough') })).rejects.toBe('enough');
    await expect(call({ signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('refuses what is no signal', async () => {
    const signal = { aborted: false } as AbortSignal;
    await expect(call({ signal })).rejects.toThrow(`${name}: signal must be an AbortSignal, got {"aborted":false}`);
  });
});

describe('pictureToSound of many parts', () => {
  it('stops between two batches', async () => {
    const controller = new AbortController();
    let pauses = 0;
    const counting = new Proxy(controller.signal, {
      get(signal, key) {
        if (key === 'throwIfAborted' && ++pauses === 2) controller.abort(new Error('stopped')); // after the picture and batch 1
        const value = Reflect.get(signal, key, signal) as unknown;
        return typeof value === 'function' ? (value.bind(signal) as unknown) : value;
      },
    });
    const before = memory().numTensors;
    await expect(model.pictureToSound(GIVEN_PICTURE, { seconds: 10, signal: counting })).rejects.toThrow('stopped');
    expect(pauses).toBe(2);
    expect(memory().numTensors).toBe(before);
  });
});

describe('load', () => {
  it('gives up a download', async () => {
    const controller = new AbortController();
    const before = memory().numTensors;
    askedForWeights = () => controller.abort(new Error('too slow'));
    await expect(load(`${address}/model`, { signal: controller.signal })).rejects.toThrow(/^too slow$/);
    expect(memory().numTensors).toBe(before);
  });

  it('does not begin where the signal is aborted already', async () => {
    await expect(load(inFolder('model'), { signal: AbortSignal.abort('enough') })).rejects.toBe('enough');
  });

  it('leaves a model alone that was loaded before its signal was aborted', async () => {
    const controller = new AbortController();
    const loaded = await load(inFolder('model'), { signal: controller.signal });
    controller.abort();
    expect((await loaded.classify({ picture: GIVEN_PICTURE })).className).toMatch(/flute|horn/);
    loaded.dispose();
  });
});
