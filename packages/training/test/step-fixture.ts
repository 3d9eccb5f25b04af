import { randomNormal, tidy } from '@tensorflow/tfjs-core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { createCmcgan } from '@cmcgan/model';
import type { CmcganOptions, NormalSource } from '@cmcgan/model';
import { createAdam, createMomentum } from '@cmcgan/tfjs-kernels';
import { createTrainingStep } from '../src/step/training-step';
import type { TrainingStepOptions } from '../src/step/step-options';
import type { TensorBatch } from '../src/training-batches';

/** Small enough for the cpu backend, which needs minutes at a useful width. */
export const TINY = { width: 1 / 64, latentSize: 3, discriminator: { hiddenUnits: 2, initialisation: 'he' } } as const;

/** A model of this size, with its optimisers and its training step. */
export function createTrainerState(options: TrainingStepOptions = {}, modelOptions: CmcganOptions = {}) {
  const model = createCmcgan({ ...TINY, seed: 1, ...modelOptions });
  const discriminatorOptimizer = createMomentum({ variables: [...model.discriminatorVariables], learningRate: 1e-3 });
  const generatorOptimizer = createAdam({ variables: [...model.generatorVariables], learningRate: 1e-3 });
  const step = createTrainingStep({ model, discriminatorOptimizer, generatorOptimizer, options });
  return { model, step, discriminatorOptimizer, generatorOptimizer };
}

/** Seeded noise in place of images and sounds; the wrong sound is the next sample's, the wrong image the last one's. */
export function noiseBatch(size: number, seed: number): TensorBatch {
  const indices = Array.from({ length: size }, (_, i) => (i + 1) % size);
  return {
    images: randomNormal([size, 128, 128, 3], 0, 0.5, 'float32', seed) as Tensor4D,
    sounds: randomNormal([size, 128, 32, 1], 0, 0.5, 'float32', seed + 1) as Tensor4D,
    wrongSounds: indices,
    wrongImages: indices.map((_, i) => (i + size - 1) % size),
  };
}

/** Seeded draws of N(0, 1), the same for every source made with the same seed. */
export function normalSource(seed: number): NormalSource {
  const draws = tidy(() => randomNormal([20_000], 0, 1, 'float32', seed).dataSync());
  let next = 0;
  return { normal: () => draws[next++ % draws.length] };
}
