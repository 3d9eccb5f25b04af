import { useWasmKernels } from '@cmcgan/tfjs-kernels/wasm';
import { io, losses, oneHot, randomNormal, train } from '@tensorflow/tfjs-core';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClassifier, registerClassifierLayers } from '../src/index';

let kernels: Awaited<ReturnType<typeof useWasmKernels>>;
beforeAll(async () => {
  kernels = await useWasmKernels({ threads: 2, variant: 'tile8' });
  registerClassifierLayers();
});
afterAll(() => kernels.dispose());

const classNames = ['flute', 'horn', 'oboe'];
const images = randomNormal.bind(null, [6, 128, 128, 3], 0, 0.5, 'float32', 1) as () => Tensor4D;
const sounds = randomNormal.bind(null, [6, 128, 32, 1], 0, 0.5, 'float32', 2) as () => Tensor4D;

describe("a classifier's network", () => {
  it('is trained by plain compile and fit', async () => {
    const classifier = createClassifier({ modality: 'V', width: 1 / 64, featureSize: 8, classNames, seed: 1 });
    const { network } = classifier;
    network.compile({
      optimizer: train.adam(0.01),
      loss: (labels, logits) => losses.softmaxCrossEntropy(labels, logits),
      metrics: ['accuracy'],
    });
    const labels = oneHot([0, 1, 2, 0, 1, 2], 3);
    const { history } = await network.fit(images(), labels, { epochs: 20, batchSize: 6, shuffle: false });
    expect(history.loss.at(-1)!).toBeLessThan(0.5 * (history.loss[0] as number));
    // What was fitted is what the classifier computes with.
    const logits = network.predict(images()) as Tensor;
    expect(classifier.logits({ images: images() }).dataSync()).toEqual(logits.dataSync());
  });

  it.each(['early', 'late'] as const)('of both modalities (%s) comes back from what save wrote', async (fusion) => {
    const { network } = createClassifier({ modality: 'VA', fusion, width: 1 / 64, featureSize: 8, classNames, seed: 1 });
    let saved: io.ModelArtifacts | undefined;
    await network.save(
      io.withSaveHandler(async (artifacts) => {
        saved = artifacts;
        return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
      }),
    );
    const modelTopology = JSON.parse(JSON.stringify(saved!.modelTopology)) as object;
    const back = await loadLayersModel(io.fromMemory({ ...saved!, modelTopology }));
    const inputs = [images(), sounds()];
    expect((back.predict(inputs) as Tensor).dataSync()).toEqual((network.predict(inputs) as Tensor).dataSync());
  });
});
