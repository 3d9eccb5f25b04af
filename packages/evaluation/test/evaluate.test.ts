// Uses @cmcgan/evaluation as a program would, with only the packages that provide models and data.
import { soundToWaveform } from '@cmcgan/audio-features';
import { PRIOR_WEIGHTS, type LabelledPair, type RobustClassifier } from '@cmcgan/classifier';
import { createCmcgan, WAYS } from '@cmcgan/model';
import { useWasmKernels, type WasmKernels } from '@cmcgan/tfjs-kernels/wasm';
import { argMax, mean, memory, reshape, tensor4d, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evaluate, generateSamples, trainJudges, type Evaluation, type Generator, type Judges } from '../src/index';
import { cleanSample, twoTones } from './two-tones';

const data = twoTones({ train: 24, validation: 20 });
/** Recordings that hold what the sounds show. */
const loadRecording = async (pair: LabelledPair) =>
  soundToWaveform((await data.load(pair)).sound, data.decibelRange, { seed: 2 });
const untrained = () => createCmcgan({ width: 1 / 32, latentSize: 4, discriminator: { hiddenUnits: 4 }, seed: 1 });

/** Tells the class of a sample from which half of it is stronger, and generates the clean sample of that class, or of the other one. */
function oracle({ swapped = false } = {}): Generator {
  const answer = (sample: Tensor, name: 'image' | 'sound') =>
    tidy(() => {
      const halves = mean(reshape(sample, [sample.shape[0], 2, -1]), 2); // [B, 2]
      const classIds = [...argMax(halves, 1).dataSync()].map((id) => (swapped ? 1 - id : id));
      const values = classIds.flatMap((id) => [...cleanSample(id)[name]]);
      return name === 'image'
        ? tensor4d(values, [classIds.length, 128, 128, 3])
        : tensor4d(values, [classIds.length, 128, 32, 1]);
    });
  return {
    latentSize: 0,
    ways: WAYS.filter(({ output }) => output === 'direct'),
    generateImage: (sound) => answer(sound, 'image'),
    generateSound: (image) => answer(image, 'sound'),
  };
}

/** The 95 % Wilson interval of k of n, in closed form. */
function wilson(k: number, n: number): [number, number] {
  const z = 1.959963984540054;
  const middle = (k + z ** 2 / 2) / (n + z ** 2);
  const half = (z / (n + z ** 2)) * Math.sqrt((k * (n - k)) / n + z ** 2 / 4);
  return [middle - half, middle + half];
}

let kernels: WasmKernels;
let judges: Judges;
let evaluation: Evaluation;
beforeAll(async () => {
  kernels = await useWasmKernels({ threads: 2, variant: 'tile8' });
  judges = await trainJudges(data, { seed: 1, width: 1 / 32, steps: { V: 60, A: 60, VA: 60 } });
  const weights = { ...PRIOR_WEIGHTS, generatedSound: { V: 0, A: 1 } };
  const models = [
    { name: 'right', model: oracle() },
    { name: 'wrong', model: oracle({ swapped: true }), weights, taught: judges.VA },
  ];
  const robust: RobustClassifier = {
    kind: 'smil-like',
    classNames: data.classNames,
    logits: ({ images, sounds }) => (images ? judges.V.classifier.logits({ images }) : judges.A.classifier.logits({ sounds })),
    dispose() {},
  };
  evaluation = await evaluate({ models, data: { ...data, loadRecording }, judges, robust: [robust] });
}, 600_000);
afterAll(async () => {
  judges.dispose();
  await kernels.dispose();
});

describe('evaluate', () => {
  it('has judges that know the classes, which the other tests depend on', () => {
    const { real } = evaluation.judge;
    for (const { accuracy } of [real.train.V, real.train.A, real.test.V, real.test.A]) expect(accuracy).toBe(1);
  });

  it('gives 20 of 20 with its interval to a model that always makes the right class, and 0 of 20 to one that never does', () => {
    const [right, wrong] = evaluation.models;
    for (const [{ table1 }, correct] of [[right, 20] as const, [wrong, 0] as const]) {
      for (const { test, train } of [table1.soundToImage, table1.imageToSound]) {
        expect(test).toMatchObject({ correct, n: 20, accuracy: correct / 20, output: 'direct', paper: null, direct: null });
        test!.interval.forEach((bound, i) => expect(bound).toBeCloseTo(wilson(correct, 20)[i], 12));
        expect(test!.confusion).toEqual(correct === 20 ? [[10, 0], [0, 10]] : [[0, 10], [10, 0]]); // prettier-ignore
        expect(train).toMatchObject({ correct: correct === 20 ? 24 : 0, n: 24 });
      }
    }
  });

  it('scores right partners as high as real pairs, in Table 2 and at every missing rate', () => {
    const [{ table2, missingRate }] = evaluation.models;
    for (const cell of Object.values(table2)) expect(cell).toMatchObject({ correct: 20, n: 20 });
    for (const points of Object.values(missingRate)) {
      expect(points.map(({ missing }) => missing)).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20]);
      for (const { accuracy } of points) expect([accuracy.generated!.correct, accuracy.single!.correct]).toEqual([20, 20]);
    }
  });

  it('has an opinion pool that trusts generated samples as far as its weights do: here images not at all, sounds alone', () => {
    const [{ table2: right }, { table2: wrong, missingRate }] = evaluation.models;
    expect(right['GV-A']!.pooled).toBeNull();
    for (const column of ['V-A', 'GV-A'] as const) {
      expect(wrong[column]!.pooled).toMatchObject({ correct: 20, n: 20, gain: { mean: 0, interval: [0, 0] } });
    }
    expect(wrong['GA-V']!.pooled).toMatchObject({ correct: 0, n: 20, gain: { mean: -1, interval: [-1, -1] } });
    expect(wrong['GV-A']!.pooled!.calibrationError).toBeCloseTo(wrong.A!.calibrationError, 6);
    for (const { accuracy } of missingRate.image)
      expect([accuracy.pooled!.correct, accuracy['smil-like']!.correct]).toEqual([20, 20]);
    expect(missingRate.sound.map(({ accuracy }) => accuracy.pooled!.correct)).toEqual([20, 18, 16, 14, 12, 10, 8, 6, 4, 2, 0]);
    expect(missingRate.image[10].accuracy.late!.correct).toBe(wrong['GV-A']!.late!.correct);
  });

  it('lets a taught classifier answer for all pairs, here the very one that answers in the main column', () => {
    const [{ table2: right }, { table2: wrong, missingRate }] = evaluation.models;
    expect(right['V-A']!.taught).toBeNull();
    for (const column of ['V-A', 'GV-A', 'GA-V'] as const) {
      const { correct, predicted, calibrationError } = wrong[column]!;
      expect(wrong[column]!.taught).toMatchObject({ correct, predicted, calibrationError, gain: { clusters: 20 } });
    }
    for (const points of Object.values(missingRate))
      for (const { accuracy } of points) expect(accuracy.taught).toEqual(accuracy.generated);
  });

  it("measures no diversity without z, and no retrieval without a discriminator, and has the paper's figures for its models only", () => {
    const [{ diversity, retrieval, groundTruth, table2 }] = evaluation.models;
    expect([diversity, retrieval, groundTruth]).toEqual([{ soundToImage: null, imageToSound: null }, null, null]);
    expect([table2.V?.paper, table2['GV-A']?.paper]).toEqual([0.9531, null]);
  });

  it('finds sounds of the right class close to the recordings, those of the other one far away, and the true spectrum closest', () => {
    const [right, wrong] = evaluation.models.map(({ soundQuality }) => soundQuality!);
    const { generated, direct, resynthesised, sameInstrument, otherInstrument } = right;
    expect([generated.n, direct, sameInstrument!.n]).toEqual([8, null, 8]);
    expect(resynthesised.logSpectralDb).toBeLessThan(generated.logSpectralDb);
    expect(generated.logSpectralDb).toBeLessThan(6);
    expect(sameInstrument!.logSpectralDb).toBeLessThan(6);
    for (const far of [wrong.generated, otherInstrument!]) expect(far.logSpectralDb).toBeGreaterThan(20);
    expect(wrong.resynthesised).toEqual(resynthesised);
  });

  it('compares no sounds without recordings', async () => {
    const { models } = await evaluate({ models: [{ name: 'right', model: oracle() }], data, judges }, { limit: 2 });
    expect(models[0].soundQuality).toBeNull();
  });

  it('is plain JSON', () => expect(JSON.parse(JSON.stringify(evaluation))).toEqual(evaluation));

  it("agrees with a CMCGAN's own networks: the judge's accuracy on samples that the model generates", async () => {
    const model = untrained();
    const before = memory().numTensors;
    const { models } = await evaluate({ models: [{ name: 'untrained', variant: 'cmcgan', model }], data, judges }, { seed: 5 });
    const { table1, retrieval, diversity } = models[0];
    const pairs = data.splits.validation;
    const { images } = await generateSamples(model, { data, pairs, seed: 5, roles: ['AAV', 'AV'] });
    for (const [role, cell] of [
      ['AAV', table1.soundToImage.test],
      ['AV', table1.soundToImage.test!.direct],
    ] as const) {
      // prettier-ignore
      const batch = tensor4d(images[role]!.flatMap((image) => [...image]), [20, 128, 128, 3]); // prettier-ignore
      const named = await judges.V.classifier.predict({ images: batch });
      batch.dispose();
      expect(cell!.correct).toBe(pairs.filter(({ classId }, i) => named[i] === classId).length);
    }
    expect(table1.soundToImage.test!.paper).toBe(0.7661);
    expect(retrieval!.imageToSound.candidates).toBe(20);
    expect(diversity.soundToImage).toMatchObject({ inputs: 4, latents: 4 });
    expect(memory().numTensors).toBe(before);
    model.dispose();
  });

  it('draws as many pairs as the limit allows, the same for the same seed', async () => {
    const limited = (seed: number) =>
      evaluate({ models: [{ name: 'right', model: oracle() }], data, judges }, { limit: 6, seed });
    const { data: used, models } = await limited(2);
    expect(used).toMatchObject({ pairs: { train: 24, test: 20 }, used: { train: 6, test: 6 } });
    expect(models[0].table1.soundToImage.test).toMatchObject({ correct: 6, n: 6 });
    expect((await limited(2)).models).toEqual(models);
  });

  it('refuses what it cannot evaluate, in a sentence', async () => {
    const models = [{ name: 'right', model: oracle() }];
    const empty = { ...data, splits: { ...data.splits, validation: [] } };
    await expect(evaluate({ models: [], data, judges })).rejects.toThrow(
      'evaluate: models must hold at least one model, got none',
    );
    await expect(evaluate({ models: [...models, ...models], data, judges })).rejects.toThrow('got right twice');
    await expect(evaluate({ models, data: empty, judges })).rejects.toThrow('must have pairs in its validation split, got none');
    await expect(evaluate({ models, data, judges }, { limit: 0 })).rejects.toThrow(
      'limit must be a whole number of at least 2, got 0',
    );
    await expect(evaluate({ models, data, judges }, { soundPairs: -1 })).rejects.toThrow(
      'soundPairs must be a whole number of at least 0, got -1',
    );
    await expect(evaluate({ models, data: { ...data, classNames: ['low', 'high'] }, judges })).rejects.toThrow(
      'evaluate: judges must have the classes of the data, low, high, got high, low',
    );
  });
});
