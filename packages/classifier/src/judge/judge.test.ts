import '@tensorflow/tfjs-backend-cpu';
import { memory, randomNormal, setBackend } from '@tensorflow/tfjs-core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { createClassifier, createJudge } from '../index';
import type { Judge, Provenance, TrainedClassifier } from '../index';

beforeAll(() => setBackend('cpu'));

const trained = (modality: 'V' | 'A', classNames = ['flute', 'horn', 'oboe']): TrainedClassifier => ({
  classifier: createClassifier({ modality, classNames, width: 1 / 64, seed: 3 }),
  provenance: {} as Provenance,
});
const create = () => createJudge({ V: trained('V'), A: trained('A') });
const images = () => randomNormal([4, 128, 128, 3], 0, 1, 'float32', 1) as Tensor4D;
const sounds = () => randomNormal([4, 128, 32, 1], 0, 1, 'float32', 2) as Tensor4D;
const valuesOf = ({ V, A }: Judge) =>
  [V, A].flatMap(({ classifier }) => Object.values(classifier.tensors()).map((tensor) => Float32Array.from(tensor.dataSync())));

it('counts the samples that its classifiers take for the class they should be', async () => {
  const judge = create();
  const taken = await judge.V.classifier.predict({ images: images() });
  const other = (taken[0] + 1) % 3;
  const wanted = [other, taken[1], taken[2], taken[3]];
  const score = await judge.scoreImages(images(), wanted);
  expect([score.correct, score.n, score.accuracy]).toEqual([3, 4, 0.75]);
  expect(score.confusion[other][taken[0]]).toBe(1);
  const heard = await judge.A.classifier.predict({ sounds: sounds() });
  expect((await judge.scoreSounds(sounds(), heard)).accuracy).toBe(1);
});

it('is frozen: scoring moves none of its weights and averages, and leaves no tensor behind', async () => {
  const judge = create();
  const [image, sound, before] = [images(), sounds(), valuesOf(judge)];
  const tensors = memory().numTensors;
  await judge.scoreImages(image, [0, 1, 2, 0]);
  await judge.scoreSounds(sound, [0, 1, 2, 0]);
  expect(memory().numTensors).toBe(tensors);
  expect(valuesOf(judge)).toEqual(before);
});

it('refuses classifiers that do not belong together', () => {
  expect(() => createJudge({ V: trained('A'), A: trained('A') })).toThrow(
    'createJudge: V must be a classifier of modality V, got A',
  );
  expect(() => createJudge({ V: trained('V'), A: trained('A', ['cat', 'dog']) })).toThrow(
    'createJudge: A must have the classes flute, horn, oboe, got cat, dog',
  );
});
