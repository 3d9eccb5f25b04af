import '@tensorflow/tfjs-backend-cpu';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createClassifier, type TrainedClassifier } from '@cmcgan/classifier';
import { saveClassifier } from '@cmcgan/classifier/node';
import { createCmcgan } from '@cmcgan/model';
import { saveModel } from '@cmcgan/model/node';
import { ones, setBackend } from '@tensorflow/tfjs-core';
import { InferenceSession, Tensor } from 'onnxruntime-web';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/temporary-folder';
import { runCli } from './cli-process';

const root = temporaryFolder('export');
const decibelRange = { floorDb: -60, ceilingDb: 20 };
const model = createCmcgan({
  width: 1 / 32,
  latentSize: 4,
  initialisation: 'he',
  seed: 1,
  decibelRange,
  classNames: ['flute', 'horn'],
});

beforeAll(async () => {
  await setBackend('cpu');
  await saveModel(model, join(root, 'model'));
  const classifier = createClassifier({ modality: 'V', classNames: ['flute', 'horn'], width: 1 / 32, seed: 1 });
  const data = { manifestHash: 'ab', decibelRange, split: 'train', pairs: 1, songs: [], heldSongs: [], heldPairs: 0 } as const;
  await saveClassifier({ classifier, provenance: { data } } as unknown as TrainedClassifier, join(root, 'judge', 'image'));
});

const exportTo = (out: string, ...words: string[]) => runCli(['export', '--out', out, ...words], { cwd: root });

describe('export', () => {
  it('writes each way of a model, which onnxruntime runs to our own result', async () => {
    const { exitCode, stdout, stderr } = await exportTo('onnx', '--checkpoint', 'model');
    expect([exitCode, stderr]).toEqual([0, '']);
    const names = ['image-to-sound-direct.onnx', 'image-to-sound.onnx', 'sound-to-image-direct.onnx', 'sound-to-image.onnx'];
    expect(readdirSync(join(root, 'onnx')).sort()).toEqual(names);
    for (const name of names) expect(stdout).toContain(`Wrote ${join(root, 'onnx', name)} (`);
    expect(stdout).toContain('sound-to-image-direct.onnx (A→V, ');
    const session = await InferenceSession.create(readFileSync(join(root, 'onnx', 'image-to-sound.onnx')));
    const filled = (shape: number[]) => new Tensor('float32', new Float32Array(shape.reduce((a, b) => a * b)).fill(1), shape);
    const { sound } = await session.run({ image: filled([1, 128, 128, 3]), z: filled([1, 1, 1, 4]) });
    const expected = model.generateSound(ones([1, 128, 128, 3]), ones([1, 1, 1, 4])).dataSync();
    (sound.data as Float32Array).forEach((value, i) => expect(Math.abs(value - expected[i])).toBeLessThan(1e-4));
  });

  it('writes folders for tf.loadLayersModel', async () => {
    const { exitCode, stderr } = await exportTo('web', '--checkpoint', 'model', '--format', 'tfjs');
    expect([exitCode, stderr]).toEqual([0, '']);
    const { weightsManifest, modelTopology } = JSON.parse(readFileSync(join(root, 'web/sound-to-image/model.json'), 'utf8')) as {
      weightsManifest: { paths: string[] }[];
      modelTopology: object;
    };
    for (const path of weightsManifest[0].paths) expect(existsSync(join(root, 'web/sound-to-image', path))).toBe(true);
    expect(JSON.stringify(modelTopology)).not.toContain('Cmcgan');
  });

  it('writes a classifier, and refuses to replace files unless it is forced', async () => {
    const words = ['--checkpoint', 'judge/image'];
    expect((await exportTo('classifier', ...words)).stdout).toContain('classifier.onnx (probabilities of 2 classes, ');
    const file = join(root, 'classifier', 'classifier.onnx');
    writeFileSync(file, 'mine');
    const refused = await exportTo('classifier', ...words);
    expect([refused.exitCode, refused.stderr]).toEqual([
      1,
      `trainer: ${file} is already there; replace it with --force, or name another folder with --out\n`,
    ]);
    expect(readFileSync(file, 'utf8')).toBe('mine');
    expect((await exportTo('classifier', ...words, '--force')).exitCode).toBe(0);
    expect(readFileSync(file).length).toBeGreaterThan(1000);
  });

  it.each([
    [['--checkpoint', 'nowhere'], 1, /^trainer: .*nowhere does not exist; --checkpoint takes a run folder.*\n$/],
    [['--checkpoint', 'empty'], 1, /^trainer: .*empty must hold a model.*\n$/],
    [
      ['--checkpoint', 'model', '--format', 'onx'],
      2,
      'trainer: --format onx is not known; did you mean onnx? (formats: onnx, tfjs)\n',
    ],
    [['--model', 'model'], 2, /unknown option '--model'; did you mean --checkpoint\?/],
    [[], 2, /^trainer: export: --checkpoint is missing; name a run folder.*\n$/],
  ])('refuses %j with one line', async (words, code, message) => {
    mkdirSync(join(root, 'empty'), { recursive: true });
    const { exitCode, stderr } = await exportTo('never', ...words);
    if (typeof message === 'string') expect(stderr).toBe(message);
    else expect(stderr).toMatch(message);
    expect(exitCode).toBe(code);
    expect(existsSync(join(root, 'never'))).toBe(false);
  });

  it('explains itself', async () => {
    const { exitCode, stdout } = await runCli(['export', '--help']);
    expect(exitCode).toBe(0);
    for (const flag of ['checkpoint', 'format', 'out', 'force']) expect(stdout).toContain(`--${flag}`);
  });
});
