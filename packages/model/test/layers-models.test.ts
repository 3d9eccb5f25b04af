import { useWasmKernels } from '@cmcgan/tfjs-kernels/wasm';
import { io, memory, oneHot, randomNormal, tidy, train } from '@tensorflow/tfjs-core';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import { layers, loadLayersModel, sequential } from '@tensorflow/tfjs-layers';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createChenGan, createCmcgan, namedVariables, registerLayers } from '../src/index';

let kernels: Awaited<ReturnType<typeof useWasmKernels>>;
beforeAll(async () => {
  kernels = await useWasmKernels({ threads: 2, variant: 'tile8' });
  registerLayers();
});
afterAll(() => kernels.dispose());

const images = (batch = 2) => randomNormal([batch, 128, 128, 3], 0, 0.5, 'float32', 1) as Tensor4D;
const latent = (batch = 2) => randomNormal([batch, 1, 1, 100], 0, 1, 'float32', 2) as Tensor4D;
const values = (tensor: Tensor | Tensor[]) => [...(tensor as Tensor).dataSync()];

/** Saves a network and loads it again with `loadLayersModel`. */
async function savedAndLoaded(network: LayersModel): Promise<LayersModel> {
  let saved: io.ModelArtifacts | undefined;
  await network.save(
    io.withSaveHandler(async (artifacts) => {
      saved = artifacts;
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    }),
  );
  // As from a file: the topology as plain JSON.
  return loadLayersModel(io.fromMemory({ ...saved!, modelTopology: JSON.parse(JSON.stringify(saved!.modelTopology)) }));
}

describe('the networks as LayersModels', () => {
  it('print a summary with a row for each layer', () => {
    const lines: string[] = [];
    const log = vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
    const model = createCmcgan({ width: 1 / 64, seed: 1 });
    model.encoderV.summary();
    log.mockRestore();
    const text = lines.join('\n');
    for (let i = 0; i < 7; i++) expect(text).toContain(`encoderV.${i}`);
    expect(text).toContain('[null,64,64,1]');
    expect(text).toContain(`Trainable params: ${model.parameterCounts().encoderV}`);
    model.dispose();
  });

  it.each(['encoderV', 'encoderA', 'decoderV', 'decoderA'] as const)('%s comes back from what save wrote', async (name) => {
    const model = createCmcgan({ width: 1 / 64, depth: 6, seed: 1 });
    const network = model[name];
    namedVariables([network]).forEach((variable) => variable.assign(randomNormal(variable.shape, 1, 0.1)));
    const inputs = network.inputs.map(({ shape }, i) => randomNormal([2, ...shape.slice(1).map((size) => size ?? 2)], 0, 1, 'float32', i)); // prettier-ignore
    const back = await savedAndLoaded(network);
    expect(values(back.predict(inputs) as Tensor)).toEqual(values(network.predict(inputs) as Tensor));
    expect([...namedVariables([back]).keys()]).toEqual([...namedVariables([network]).keys()]);
    for (const each of [model, back]) each.dispose();
  });

  it('come back where they are a trunk, a head or a baseline', async () => {
    const model = createCmcgan({ width: 1 / 64, seed: 1, discriminator: { hiddenUnits: 3 } });
    const chen = createChenGan({ from: 'A', width: 1 / 64, seed: 1 });
    const { trunkA, heads } = model.discriminator.networks;
    for (const network of [trunkA, ...heads, chen.discriminator.networks.trunk, chen.discriminator.networks.head]) {
      const inputs = network.inputs.map(({ shape }, i) => randomNormal([2, ...(shape.slice(1) as number[])], 0, 1, 'float32', i));
      const back = await savedAndLoaded(network);
      expect(values(back.predict(inputs) as Tensor), network.name).toEqual(values(network.predict(inputs) as Tensor));
      back.dispose();
    }
    for (const each of [model, chen]) each.dispose();
  });

  it('predict by the moving averages of the first role', () => {
    const model = createCmcgan({ width: 1 / 64, seed: 1 });
    tidy(() => {
      const [image, z] = [images(), latent()];
      const code = model.encoderV.predict(image) as Tensor4D;
      const sound = model.decoderA.predict([code, z]) as Tensor;
      expect(values(sound)).toEqual(values(model.generateSound(image, z, { output: 'direct' })));
    });
    model.dispose();
  });

  it('name a role that they do not have', () => {
    const model = createCmcgan({ width: 1 / 64, seed: 1 });
    expect(() => model.encoderV.apply(images(), { role: 'A' })).toThrow('encoderV.0: role must be one of V, AV, VV, got A');
    model.dispose();
  });
});

describe('built upon', () => {
  const classifier = (encoder: LayersModel) =>
    sequential({ layers: [encoder, layers.flatten(), layers.dense({ units: 3, activation: 'softmax' })] });
  const labels = () => oneHot([0, 1, 2, 0], 3);

  it('a frozen encoder keeps its weights and averages while a dense layer on top of it learns', async () => {
    const model = createCmcgan({ width: 1 / 64, codeSize: 8, seed: 1 });
    model.encoderV.trainable = false;
    const built = classifier(model.encoderV);
    built.compile({ optimizer: train.adam(0.01), loss: 'categoricalCrossentropy' });
    const encoder = () => [...namedVariables([model.encoderV]).values()].map(values);
    const dense = () => values(built.layers[2].getWeights()[0]);
    const [before, head] = [encoder(), dense()];
    const { history } = await built.fit(images(4), labels(), { epochs: 8, batchSize: 4, shuffle: false });
    expect(history.loss.at(-1)!).toBeLessThan(history.loss[0] as number);
    expect(encoder()).toEqual(before);
    expect(dense()).not.toEqual(head);
  });

  it('an encoder that is fine-tuned by fit changes its weights, and the averages of its first role alone', async () => {
    const model = createCmcgan({ width: 1 / 64, codeSize: 8, seed: 1 });
    const built = classifier(model.encoderV);
    built.compile({ optimizer: train.adam(0.01), loss: 'categoricalCrossentropy' });
    const named = namedVariables([model.encoderV]);
    const before = new Map([...named].map(([name, variable]) => [name, values(variable)]));
    const { history } = await built.fit(images(4), labels(), { epochs: 5, batchSize: 4, shuffle: false });
    expect(history.loss.at(-1)!).toBeLessThan(history.loss[0] as number);
    const changed = [...named].filter(([name, variable]) => String(values(variable)) !== String(before.get(name)));
    const names = changed.map(([name]) => name);
    expect(names).toContain('encoderV.0.filter');
    expect(names).toContain('encoderV.6.movingMean.V');
    expect(names.filter((name) => /moving.*\.(AV|VV)$/.test(name))).toEqual([]);
  });

  it('leaves nothing behind in a pass', () => {
    const model = createCmcgan({ width: 1 / 64, codeSize: 8, seed: 1 });
    const image = images();
    (model.encoderV.predict(image) as Tensor).dispose();
    const before = memory().numTensors;
    (model.encoderV.predict(image) as Tensor).dispose();
    tidy(() => void model.encoderV.apply(image, { role: 'VV', statistics: 'batch' }));
    expect(memory().numTensors).toBe(before);
  });
});
