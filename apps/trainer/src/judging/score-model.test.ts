import '@tensorflow/tfjs-backend-cpu';
import { createClassifier, createJudge, type Provenance } from '@cmcgan/classifier';
import { WAYS } from '@cmcgan/model';
import { clone, memory, setBackend, slice, tile, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { evaluatedWay, scoreWay } from './score-model';

beforeAll(() => setBackend('cpu'));

const classNames = ['flute', 'horn', 'oboe'];
const classifier = (modality: 'V' | 'A') => ({
  classifier: createClassifier({ modality, classNames, width: 1 / 32, seed: 5 }),
  provenance: {} as Provenance,
});
/** Samples with different values, so that the classifiers' predictions differ. */
const samples = Array.from({ length: 5 }, (_, i) => ({
  image: new Float32Array(128 * 128 * 3).map((_, at) => Math.sin(at * (i + 1))),
  sound: new Float32Array(128 * 32).map((_, at) => Math.cos(at * (i + 1) ** 2)),
  classId: i % 3,
}));
/** Generates pictures by repeating the sound, and sounds from a corner of the picture. */
const model = {
  latentSize: 0,
  generateImage: (sound: Tensor) => tile(sound as Tensor4D, [1, 1, 4, 3]),
  generateSound: (image: Tensor) => clone(slice(image as Tensor4D, [0, 0, 0, 0], [image.shape[0], 128, 32, 1])) as Tensor4D,
};
const [fromSound, fromImage] = [WAYS[1], WAYS[3]];

describe('scoreWay', () => {
  it('counts the generated samples that the judge takes for the class of what they were generated from', async () => {
    const judge = createJudge({ V: classifier('V'), A: classifier('A') });
    const seen = await Promise.all(
      samples.map(async ({ sound }) => {
        const image = new Float32Array(128 * 128 * 3);
        for (let y = 0; y < 128; y++)
          for (let x = 0; x < 128; x++) image.fill(sound[y * 32 + (x % 32)], (y * 128 + x) * 3, (y * 128 + x) * 3 + 3);
        return (await judge.V.classifier.classify({ image })).classId;
      }),
    );
    const correct = seen.filter((id, i) => id === samples[i].classId).length;
    expect(await scoreWay({ judge, model, samples, seed: 1 }, fromSound)).toMatchObject({ correct, n: 5, accuracy: correct / 5 });
    const renamed = samples.map((sample, i) => ({ ...sample, classId: seen[i] }));
    expect((await scoreWay({ judge, model, samples: renamed, seed: 1 }, fromSound)).accuracy).toBe(1);
  });

  it('leaves no tensor behind', async () => {
    const judge = createJudge({ V: classifier('V'), A: classifier('A') });
    const before = memory().numTensors;
    await scoreWay({ judge, model, samples, seed: 1 }, fromImage);
    expect(memory().numTensors).toBe(before);
  });
});

describe('evaluatedWay', () => {
  it("is the path's end, the direct one where there is no other, none where there is none", () => {
    expect(evaluatedWay(WAYS, 'A')?.passes).toEqual(['AA', 'AAV']);
    expect(evaluatedWay([fromImage], 'V')?.passes).toEqual(['VA']);
    expect(evaluatedWay([fromImage], 'A')).toBeUndefined();
  });
});
