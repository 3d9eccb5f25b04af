import { parseArgs } from 'node:util';
import { randomUniform, type Tensor4D } from '@tensorflow/tfjs-core';
import { startBackend } from '@cmcgan/backends';
import { createCmcgan } from '@cmcgan/model';
import { createRandom } from '@cmcgan/random';
import { createAdam, createMomentum } from '@cmcgan/tfjs-kernels';
import { createTrainingStep, type TrainingStepOptions } from '@cmcgan/training';
import { serveLaps } from './serve-laps';

/**
 * Our contestant: runs one training step with the paper's settings for each line read, and answers with `{ seconds, peakBytes }`. Uses
 * the trainer's default backend, or the one that --backend names; --replay off computes each step anew. --options are those of the step, as
 * JSON, such as '{"discriminatorAugmentation":"all"}'.
 */
async function main() {
  const { values } = parseArgs({
    options: {
      width: { type: 'string' },
      batch: { type: 'string' },
      threads: { type: 'string' },
      backend: { type: 'string', default: 'wasm' },
      replay: { type: 'string', default: 'auto' },
      options: { type: 'string', default: '{}' },
    },
  });
  const width = Number(values.width);
  const batchSize = Number(values.batch);
  const backend = await startBackend(values.backend, { threads: Number(values.threads) });
  const options = JSON.parse(values.options) as TrainingStepOptions;
  const model = createCmcgan({ width, seed: 1, ...(options.classification && { classes: batchSize }) });
  const step = createTrainingStep({
    model,
    discriminatorOptimizer: createMomentum({ variables: model.discriminatorVariables, learningRate: 0.001, momentum: 0.9 }),
    generatorOptimizer: createAdam({ variables: model.generatorVariables, learningRate: 0.001 }),
    options: { replay: values.replay as 'auto' | 'off', ...options },
  });
  const neighbours = Int32Array.from({ length: batchSize }, (_, index) => (index + 1) % batchSize);
  const batch = {
    images: randomUniform([batchSize, 128, 128, 3], -1, 1, 'float32', 1) as Tensor4D,
    sounds: randomUniform([batchSize, 128, 32, 1], -1, 1, 'float32', 2) as Tensor4D,
    wrongSounds: neighbours,
    wrongImages: neighbours,
    classIds: neighbours,
  };
  const random = createRandom(1);
  await serveLaps(`Node ${process.versions.node} (${backend.description})`, () => step.run([batch], random));
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
