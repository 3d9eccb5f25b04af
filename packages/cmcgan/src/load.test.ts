import '@tensorflow/tfjs-backend-cpu';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { saveModel } from '@cmcgan/model/node';
import { readGenerator } from '@cmcgan/weights';
import { memory, setBackend } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/temporary-folder';
import { createGivenNetwork, GIVEN_PICTURE, GIVEN_RANGE } from '../test/given';
import { load, type ModelContents, type ModelSource } from './index';

const folder = temporaryFolder('cmcgan-load');
const inFolder = (...names: string[]) => join(folder, ...names);
const read = (file: string) => readFileSync(inFolder('model', file));
let server: Server;
let address: string;
let expected: Float32Array;

beforeAll(async () => {
  await setBackend('cpu');
  await saveModel(createGivenNetwork(), inFolder('model'));
  mkdirSync(inFolder('run', 'checkpoints', 'last'), { recursive: true });
  cpSync(inFolder('model'), inFolder('run', 'checkpoints', 'last'), { recursive: true });
  server = createServer(({ url = '' }, response) => {
    response.setHeader('Connection', 'close'); // one that is kept may have run out by the next test
    const [, status, name] = /^\/status-(\d+)\/(.*)$/.exec(url) ?? [];
    if (status !== undefined && name === 'config.json') return void response.writeHead(Number(status)).end();
    try {
      response.end(readFileSync(inFolder(new URL(url, 'http://a').pathname)));
    } catch {
      response.writeHead(404).end('<html>');
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  expected = await soundOf(inFolder('model'));
});
afterAll(() => server.close());

async function soundOf(source: ModelSource | undefined): Promise<Float32Array> {
  const model = await load(source);
  const { samples } = await model.pictureToSound(GIVEN_PICTURE);
  model.dispose();
  return samples;
}

describe('load', () => {
  it.each<[string, () => ModelSource]>([
    ['a folder', () => inFolder('model')],
    ['its weights', () => inFolder('model', 'model.safetensors')],
    ['a run', () => inFolder('run')],
    ['a file URL', () => pathToFileURL(inFolder('model'))],
    ['the URL of a folder', () => `${address}/model`],
    ['a URL with a slash', () => new URL(`${address}/model/`)],
    ['the URL of a file with a query', () => `${address}/model/config.json?signature=1`],
    ['Buffers', () => ({ config: read('config.json'), weights: read('model.safetensors') })],
    [
      'an object and an ArrayBuffer',
      () => ({
        config: JSON.parse(read('config.json').toString()) as object,
        weights: Uint8Array.from(read('model.safetensors')).buffer,
      }),
    ],
    [
      'a text and a Blob',
      () => ({ config: read('config.json').toString(), weights: new Blob([Uint8Array.from(read('model.safetensors'))]) }),
    ],
    [
      'a Response and a URL',
      () => ({ config: new Response(read('config.json').toString()), weights: `${address}/model/model.safetensors` }),
    ],
  ])('reads a model from %s', async (_, source) => {
    expect(await soundOf(source())).toEqual(expected);
  });

  it('may be called several times at once', async () => {
    const sounds = await Promise.all([soundOf(inFolder('model')), soundOf(inFolder('run'))]);
    expect(sounds).toEqual([expected, expected]);
  });

  it('takes a dB range for a model that has none', async () => {
    await saveModel(createGivenNetwork({ decibelRange: undefined }), inFolder('no-range'));
    const model = await load(inFolder('no-range'), { decibelRange: GIVEN_RANGE });
    expect((await model.pictureToSound(GIVEN_PICTURE)).samples).toEqual(expected);
    const before = memory().numTensors;
    await expect(load(inFolder('no-range'))).rejects.toThrow(
      `load: ${inFolder('no-range', 'config.json')} must have a decibelRange, which says how loud the sounds are; if you know it, pass`,
    );
    expect(memory().numTensors).toBe(before);
  });

  const contents = (changes: object): ModelSource => ({
    ...{ config: read('config.json'), weights: read('model.safetensors') },
    ...changes,
  });

  it.each<[string, () => ModelSource, object, string]>([
    ['no folder', () => inFolder('none'), {}, `load: ${inFolder('none')} does not exist`],
    [
      'a folder without a model',
      () => folder,
      {},
      `load: ${folder} must hold a model, but there is neither model.safetensors nor a run's checkpoints`,
    ],
    [
      'a URL without a model',
      () => `${address}/none`,
      {},
      '/none/config.json must exist, but the server answers with status 404',
    ],
    [
      'a broken server',
      () => `${address}/status-500`,
      {},
      '/status-500/config.json must be readable, but the server answers with status 500',
    ],
    ['no server', () => 'http://127.0.0.1:1/model', {}, 'load: http://127.0.0.1:1/model/config.json must be reachable, got "'],
    [
      'a config without weights',
      () => contents({ weights: undefined }),
      {},
      'load: weights of the model must be given, got undefined',
    ],
    [
      'weights without a config',
      () => contents({ config: undefined }),
      {},
      'load: config of the model must be given, got undefined',
    ],
    ['another type', () => contents({ weights: 3 }), {}, 'load: weights of the model must be bytes, a Blob or a Response, got 3'],
    ['a config that is not JSON', () => contents({ config: '<html>' }), {}, 'load: config of the model must be JSON: '],
    ['a config that is a list', () => contents({ config: '[]' }), {}, 'load: config of the model must hold a JSON object'],
    ['another config', () => contents({ config: {} }), {}, 'load: config of the model must hold the whole configuration, but'],
    [
      'another architecture',
      () => contents({ config: { architecture: 'vae' } }),
      {},
      'load: architecture of config of the model must be one of cmcgan, chen',
    ],
    [
      'truncated weights',
      () => contents({ weights: read('model.safetensors').subarray(0, 9_000) }),
      {},
      'load: weights of the model must be a whole safetensors file',
    ],
    ['a number', () => 3 as unknown as ModelSource, {}, 'load: source must be a path, a URL, or { config, weights }, got 3'],
    ['an empty text', () => '', {}, 'load: source must be a path, a URL, or { config, weights }, got the text ""'],
    ['another backend', () => inFolder('model'), { backend: 'cuda' }, 'load: backend must be one of webgpu, wasm, got "cuda"'],
    [
      'another option',
      () => inFolder('model'),
      { gpu: true },
      'load: options must be among backend, threads, classifier, decibelRange, got gpu',
    ],
    ['no object of options', () => inFolder('model'), null as unknown as object, 'load: options must be an object, got null'],
    [
      'another range',
      () => inFolder('model'),
      { decibelRange: [0, 1] },
      'load: decibelRange must be { floorDb, ceilingDb }, got [0,1]',
    ],
    [
      'an empty range',
      () => inFolder('model'),
      { decibelRange: { floorDb: 1, ceilingDb: 1 } },
      'load: decibelRange must have floorDb below ceilingDb, got 1 and 1',
    ],
  ])('refuses %s', async (_, source, options, message) => {
    await expect(load(source(), options)).rejects.toThrow(message);
  });

  it('says that the config of a server is missing if only the weights are there', async () => {
    mkdirSync(inFolder('half'));
    writeFileSync(inFolder('half', 'config.json'), '{}');
    await expect(load(`${address}/half`)).rejects.toThrow(
      '/half/model.safetensors must lie beside config.json, but it is missing',
    );
    const weights: ModelContents['weights'] = `${address}/half/model.safetensors`;
    await expect(load({ config: {}, weights })).rejects.toThrow(
      '/half/model.safetensors must exist, but the server answers with status 404',
    );
  });
});

describe('load without a source', () => {
  it('takes the released weights', async () => {
    const model = await load();
    expect([model.classNames.length, model.classNames]).toEqual([13, expect.arrayContaining(['flute', 'tuba'])]);
    const { samples } = await model.pictureToSound(GIVEN_PICTURE);
    model.dispose();
    expect(samples).toEqual(await soundOf(await readGenerator()));
  });

  it('classifies with their classifiers, and frees everything', async () => {
    const before = memory().numTensors;
    const model = await load();
    const { probabilities, generated } = await model.classify({ picture: GIVEN_PICTURE });
    expect([Object.keys(probabilities), generated]).toEqual([model.classNames, 'sound']);
    model.dispose();
    await Promise.resolve();
    expect(memory().numTensors).toBe(before);
  });
});
