// Which instrument is it? Trains a classifier of pictures and sounds with TensorFlow.js' own compile and fit, then classifies sounds whose
// pictures are missing:
//   node classify.js --pairs my-pairs --generator runs/laptop
// Without --pairs it simulates some; without --generator, a trained CMCGAN that generates missing pictures, it skips the second part.
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createClassifier, createMultimodalClassifier, loadSampleBatch } from '@cmcgan/classifier';
import { loadModel } from '@cmcgan/model/node';
import { openDataset } from '@cmcgan/sub-urmp';
import { simulateDataset } from '@cmcgan/sub-urmp/simulator';
import { useWasmKernels } from '@cmcgan/tfjs-kernels/wasm';
import { losses, oneHot, train } from '@tensorflow/tfjs-core';

const folder = { type: 'string' };
const { pairs = 'out/simulated', generator } = parseArgs({ options: { pairs: folder, generator: folder } }).values;
if (pairs === 'out/simulated' && !existsSync(pairs)) {
  await simulateDataset(pairs, { seed: 1, pairsPerClass: 18, validationPairsPerClass: 2 });
}

await useWasmKernels(); // from here on TensorFlow.js trains on all cores
const data = await openDataset(pairs);
const { classNames, splits } = data;

/** A split as tensors: images [B, 128, 128, 3] and sounds [B, 128, 32, 1] in [-1, 1], labels [B, classes]. */
async function tensorsOf(split) {
  const { images, sounds } = await loadSampleBatch(data, split, { modality: 'VA' });
  const classIds = split.map(({ classId }) => classId);
  return { samples: [images, sounds], labels: oneHot(classIds, classNames.length) };
}
const [training, validation] = [await tensorsOf(splits.train), await tensorsOf(splits.validation)];

// `network` is a LayersModel from samples to logits: summary(), compile() and fit() work as on any other.
const classifier = createClassifier({ modality: 'VA', classNames, width: 1 / 16, seed: 1 });
classifier.network.compile({
  optimizer: train.adam(0.002),
  loss: (labels, logits) => losses.softmaxCrossEntropy(labels, logits),
  metrics: ['accuracy'],
});
await classifier.network.fit(training.samples, training.labels, {
  epochs: 4,
  batchSize: 8,
  callbacks: { onEpochEnd: (epoch, logs) => console.log(`epoch ${epoch + 1}:`, logs) },
});
const [, accuracy] = classifier.network.evaluate(validation.samples, validation.labels);
console.log(`validation: ${(100 * (await accuracy.data())[0]).toFixed(0)} % of ${splits.validation.length} pairs`);

if (generator) {
  const multimodal = createMultimodalClassifier({ VA: classifier, generator: await loadModel(generator) });
  for (const pair of splits.validation.slice(0, 5)) {
    const { sound } = await data.load(pair); // its picture counts as missing, and is generated
    const { className, generated } = await multimodal.classify({ sound });
    console.log(`${pair.id}: ${className}, from the sound and a generated ${generated}`);
  }
}
