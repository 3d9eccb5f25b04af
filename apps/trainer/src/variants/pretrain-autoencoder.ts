import { setImmediate } from 'node:timers/promises';
import { meanAbsoluteError } from '@cmcgan/losses';
import { createAutoencoder, createStatisticsCollector, type Autoencoder, type ChenGan, type Modality } from '@cmcgan/model';
import { batches, type Dataset } from '@cmcgan/sub-urmp';
import { createAdam, type Optimizer } from '@cmcgan/tfjs-kernels';
import { dispose, type Tensor4D } from '@tensorflow/tfjs-core';
import { UserError } from '@cmcgan/command-line';
import { copyTensors, createGradientTape, imageTensor, soundTensor } from '@cmcgan/training';
import type { TrainerOptions } from '../options/trainer-options';
import { startingWith, type PreparedRun } from './pretraining';

/** Learning rate of Adam for the autoencoder. */
const LEARNING_RATE = 1e-3;

/** Trains an autoencoder on the run's training samples with the mean absolute error, and copies its encoder to φ of S2I-A. */
export async function pretrainAutoencoder(
  model: ChenGan,
  { dataset, progress }: PreparedRun,
  options: TrainerOptions,
): Promise<void> {
  const { from: modality, width, featureSize } = model.config;
  const { seed } = options;
  const { pretrainingSteps: steps } = options.baseline;
  progress.note(`First training the autoencoder whose code is generated from: ${steps} steps`);
  const autoencoder = createAutoencoder({ modality, width, featureSize, seed });
  const adam = createAdam({ variables: autoencoder.variables, learningRate: LEARNING_RATE });
  try {
    let step = 0;
    for await (const sample of samples(dataset, { modality, options })) {
      const loss = await autoencoderStep(autoencoder, adam, sample);
      if (!Number.isFinite(loss))
        throw new UserError(`the autoencoder's loss is ${loss} at step ${step + 1}; try another --seed`);
      progress.status(`autoencoder ${++step}/${steps}, loss ${loss.toFixed(3)}`);
      if (step === steps) break;
      await setImmediate(); // lets signals in
    }
    copyTensors(autoencoder.features(), startingWith(model.tensors(), 'feature.'));
  } finally {
    adam.dispose();
    autoencoder.dispose();
  }
}

/** Endless batches of the training split, epoch after epoch. */
async function* samples(
  dataset: Dataset,
  { modality, options }: { modality: Modality; options: TrainerOptions },
): AsyncGenerator<Tensor4D> {
  const { batchSize, seed } = options;
  for (let epoch = 1; ; epoch++) {
    for await (const { images, sounds, pairs } of batches(dataset, { split: 'train', batchSize, seed, epoch })) {
      yield modality === 'V' ? imageTensor(images, pairs.length) : soundTensor(sounds, pairs.length);
    }
  }
}

/** One step of Adam; disposes of the sample. Resolves to the mean absolute error. */
async function autoencoderStep(autoencoder: Autoencoder, adam: Optimizer, sample: Tensor4D): Promise<number> {
  const statistics = createStatisticsCollector();
  const tape = createGradientTape();
  const loss = tape.record(() =>
    meanAbsoluteError(autoencoder.apply(sample, { statistics: 'batch', onStatistics: statistics.collect }), sample),
  );
  const gradients = tape.gradients(loss, autoencoder.variables);
  adam.step(gradients);
  statistics.apply();
  dispose([...gradients, sample]);
  const [value] = await loss.data();
  loss.dispose();
  return value;
}
