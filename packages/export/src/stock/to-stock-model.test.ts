import '@tensorflow/tfjs-backend-cpu';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createClassifier } from '@cmcgan/classifier';
import { createChenGan, createCmcgan, type LoadedModel } from '@cmcgan/model';
import {
  image,
  memory,
  randomNormal,
  randomUniform,
  setBackend,
  softmax,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { randomiseWeights } from '../../test/random-weights';
import { temporaryFolder } from '../../../../test/temporary-folder';
import { classifierToStockModel, generatorToStockModel } from '../index';
import { saveLayersModel } from '../node';

beforeAll(() => setBackend('cpu'));

const folder = temporaryFolder('stock');
const PREDICT = fileURLToPath(new URL('../../test/predict-with-stock-tfjs.mjs', import.meta.url));

const patches = (width: number, channels: number) =>
  image.resizeNearestNeighbor(randomUniform([2, 4, 4, channels], -1, 1, 'float32', channels) as Tensor4D, [128, width]);
const samples = { V: patches.bind(null, 128, 3), A: patches.bind(null, 32, 1) };

/** Models by name, and what each should make of which inputs. */
const expected = new Map<string, Tensor>();

async function save(name: string, model: LayersModel, inputs: Tensor[], output: Tensor): Promise<void> {
  await saveLayersModel(model, join(folder, name));
  const plain = inputs.map((input) => ({ shape: input.shape, values: [...input.dataSync()] }));
  writeFileSync(join(folder, name, 'inputs.json'), JSON.stringify(plain));
  expected.set(name, output);
}

async function saveWays(name: string, model: LoadedModel): Promise<void> {
  randomiseWeights(model.tensors(), 7);
  for (const { from, output } of model.ways) {
    const sample = samples[from]();
    const z = model.latentSize === 0 ? undefined : randomNormal([2, 1, 1, model.latentSize], 0, 1, 'float32', 3);
    const generated = (from === 'V' ? model.generateSound : model.generateImage)!(sample, z, { output });
    const stock = generatorToStockModel(model, { from, output });
    await save(`${name}-${from}-${output}`, stock, z ? [sample, z] : [sample], generated);
  }
}

describe('models of stock layers', () => {
  it('predict in TensorFlow.js as it comes, without our packages, what ours compute', async () => {
    const options = { width: 1 / 32, seed: 1 };
    await saveWays('cmcgan-7', createCmcgan(options));
    await saveWays(
      'cmcgan-5',
      createCmcgan({ ...options, depth: 5, statistics: 'mixed', outputActivation: 'batchNormLeakyRelu' }),
    );
    await saveWays('lcgan', createCmcgan({ ...options, depth: 6, paths: 'two', latentSize: 0 }));
    await saveWays('i2s', createChenGan({ ...options, from: 'V' }));
    await saveWays('s2i', createChenGan({ ...options, from: 'A', feature: 'learnt', latentSize: 0 }));
    for (const [modality, fusion] of [['V'], ['A'], ['VA', 'early'], ['VA', 'late']] as const) {
      const architecture = { modality, fusion, classNames: ['flute', 'horn'], width: 1 / 16, featureSize: 8, seed: 1 };
      const classifier = createClassifier(architecture);
      randomiseWeights(classifier.tensors(), 8);
      const given = { images: samples.V(), sounds: samples.A() };
      const inputs = [...modality].map((each) => (each === 'V' ? given.images : given.sounds));
      const probabilities = softmax(classifier.logits(given));
      await save(`classifier-${modality}-${fusion}`, classifierToStockModel(classifier), inputs, probabilities);
    }
    execFileSync(process.execPath, [PREDICT, folder], { stdio: ['ignore', 'ignore', 'pipe'] });
    expect(expected.size).toBe(16);
    for (const [name, output] of expected) {
      const found = JSON.parse(readFileSync(join(folder, name, 'outputs.json'), 'utf8')) as { shape: number[]; values: number[] };
      expect(found.shape, name).toEqual(output.shape);
      const wanted = output.dataSync<'float32'>();
      expect(
        wanted.reduce((most, value, i) => Math.max(most, Math.abs(value - found.values[i])), 0),
        name,
      ).toBeLessThan(1e-4);
    }
    const { inputNames, metadata } = JSON.parse(readFileSync(join(folder, 'cmcgan-7-V-pathEnd', 'outputs.json'), 'utf8')) as {
      inputNames: string[];
      metadata: Record<string, string>;
    };
    expect([inputNames, metadata.path]).toEqual([['image', 'z'], 'V→V→A']);
  });

  it('leave no tensor behind once disposed', () => {
    const model = createCmcgan({ width: 1 / 64, seed: 1 });
    const before = memory().numTensors;
    generatorToStockModel(model, { from: 'A' }).dispose();
    expect(memory().numTensors).toBe(before);
    expect(() => generatorToStockModel(createChenGan({ from: 'A', width: 1 / 64, seed: 1 }), { from: 'V' })).toThrow(
      "generatorToStockModel: from and output must be those of one of the model's ways, A→V (from 'A', output 'direct'), got V",
    );
  });
});
