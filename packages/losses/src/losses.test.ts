import '@tensorflow/tfjs-backend-cpu';
import {
  add,
  concat,
  grad,
  grads,
  memory,
  reshape,
  setBackend,
  slice,
  tensor1d,
  tensor2d,
  tensor4d,
  tidy,
} from '@tensorflow/tfjs-core';
import type { Scalar, Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  classificationLoss,
  conditionalDiscriminatorLoss,
  conditionalGeneratorLoss,
  consistencyLoss,
  contrastiveLoss,
  discriminatorLoss,
  generatorAdversarialLoss,
  gradientPenalty,
  meanAbsoluteError,
  modeSeekingLoss,
  multiScaleSpectralLoss,
  squaredConsistencyLoss,
  standardDiscriminatorLoss,
  standardGeneratorLoss,
} from './index';

const LN2 = Math.log(2);
const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
const column = (...values: number[]) => tensor2d(values, [values.length, 1]);
const read = (tensor: Tensor): number => tensor.dataSync()[0];

/** The total loss for five tensors of logits, in the order real, wrong sound, wrong image, fake sound, fake image. */
const totalOf = (real: Tensor, wrongSound: Tensor, wrongImage: Tensor, fakeSound: Tensor, fakeImage: Tensor): Scalar =>
  discriminatorLoss({ real, wrongSound, wrongImage, fakeSounds: [fakeSound], fakeImages: [fakeImage] }).total;
const generatorOf = (fakeSound: Tensor, fakeImage: Tensor): Scalar =>
  generatorAdversarialLoss({ fakeSounds: [fakeSound], fakeImages: [fakeImage] });

/** The central difference quotient of `loss` along each element of `values`. */
function differences(loss: (x: Tensor) => Scalar, values: number[], step = 1e-2): number[] {
  const at = (i: number, by: number) => read(loss(tensor1d(values.map((value, j) => (i === j ? value + by : value)))));
  return values.map((_, i) => (at(i, step) - at(i, -step)) / (2 * step));
}

beforeAll(() => setBackend('cpu'));

describe('discriminatorLoss (Eq. 1)', () => {
  it('is 4 ln 2, half for each part, when the discriminator is undecided', () => {
    const zero = column(0, 0);
    const loss = discriminatorLoss({ real: zero, wrongSound: zero, wrongImage: zero, fakeSounds: [zero], fakeImages: [zero] });
    expect(read(loss.total)).toBeCloseTo(4 * LN2, 6);
    expect(read(loss.wrong)).toBeCloseTo(2 * LN2, 6);
    expect(read(loss.fake)).toBeCloseTo(2 * LN2, 6);
  });

  it('weighs every kind of pair as the equation does', () => {
    const loss = discriminatorLoss({
      real: column(0.3, 1.1),
      wrongSound: column(-0.4, 0.2),
      wrongImage: column(0.7, -1.3),
      fakeSounds: [column(0.5, 0.5), column(-2, 1)],
      fakeImages: [column(1.5, -0.5)],
    });
    const real = (softplus(-0.3) + softplus(-1.1)) / 2;
    const wrong = real + (softplus(-0.4) + softplus(0.2)) / 4 + (softplus(0.7) + softplus(-1.3)) / 4;
    const fakeSound = (2 * softplus(0.5) + softplus(-2) + softplus(1)) / 4;
    const fake = real + (fakeSound + (softplus(1.5) + softplus(-0.5)) / 2) / 2;
    expect(read(loss.wrong)).toBeCloseTo(wrong, 5);
    expect(read(loss.fake)).toBeCloseTo(fake, 5);
    expect(read(loss.total)).toBeCloseTo(wrong + fake, 5);
  });

  it('names an empty list of fakes', () => {
    const zero = column(0);
    const logits = { real: zero, wrongSound: zero, wrongImage: zero, fakeSounds: [], fakeImages: [zero] };
    expect(() => discriminatorLoss(logits)).toThrow('discriminatorLoss: fakeSounds must hold at least one tensor, got none');
  });
});

describe('generatorAdversarialLoss (Eq. 2)', () => {
  it('adds the two modalities, each averaged over its fakes', () => {
    const loss = generatorAdversarialLoss({ fakeSounds: [column(0.5), column(-1.5)], fakeImages: [column(2)] });
    expect(read(loss)).toBeCloseTo((softplus(-0.5) + softplus(1.5)) / 2 + softplus(-2), 6);
  });
});

describe('the adversarial losses at logits of ±100', () => {
  it.each([100, -100])('are finite with finite gradients at %d', (logit) => {
    const inputs = Array.from({ length: 5 }, () => column(logit));
    expect(Number.isFinite(read(totalOf(inputs[0], inputs[1], inputs[2], inputs[3], inputs[4])))).toBe(true);
    expect(read(generatorOf(column(logit), column(logit)))).toBeCloseTo(2 * softplus(-logit), 4);
    const gradients = [
      ...grads((...x: Tensor[]) => totalOf(x[0], x[1], x[2], x[3], x[4]))(inputs),
      ...grads((...x: Tensor[]) => generatorOf(x[0], x[1]))(inputs.slice(0, 2)),
    ];
    for (const gradient of gradients) expect(Number.isFinite(read(gradient))).toBe(true);
  });

  it('have full-size gradients where the discriminator is certain and wrong', () => {
    const [real] = grads((...x: Tensor[]) => totalOf(x[0], x[1], x[2], x[3], x[4]))([-100, 0, 0, 0, 0].map((x) => column(x)));
    expect(read(real)).toBeCloseTo(-2, 6);
    const [fakeSound] = grads((...x: Tensor[]) => generatorOf(x[0], x[1]))([column(-100), column(0)]);
    expect(read(fakeSound)).toBeCloseTo(-1, 6);
  });
});

describe('gradients', () => {
  const values = [0.3, -0.7, 1.9, -2.2, 0.1];
  const split = (x: Tensor) => values.map((_, i) => reshape(slice(x, [i], [1]), [1, 1]));
  const losses: Record<string, (x: Tensor) => Scalar> = {
    discriminatorLoss: (x) => totalOf(...(split(x) as [Tensor, Tensor, Tensor, Tensor, Tensor])),
    generatorAdversarialLoss: (x) => generatorOf(split(x)[0], split(x)[3]),
    standardDiscriminatorLoss: (x) => standardDiscriminatorLoss({ real: split(x)[0], fakes: [split(x)[1], split(x)[2]] }),
    conditionalDiscriminatorLoss: (x) =>
      conditionalDiscriminatorLoss({ real: split(x)[0], wrong: split(x)[1], fake: split(x)[2] }).total,
    conditionalGeneratorLoss: (x) => conditionalGeneratorLoss({ fake: split(x)[0] }),
    standardGeneratorLoss: (x) => standardGeneratorLoss({ fakes: [split(x)[1], split(x)[2]] }),
    meanAbsoluteError: (x) => meanAbsoluteError(x, tensor1d([1, -1, 2.5, -2.5, 0])),
    consistencyLoss: (x) =>
      consistencyLoss([
        { generated: x, real: tensor1d([1, -1, 2.5, -2.5, 0]) },
        { generated: add(x, x), real: tensor1d([0, 0, 0, 0, 0]) },
      ]),
    squaredConsistencyLoss: (x) =>
      squaredConsistencyLoss([
        { generated: x, real: tensor1d([1, -1, 2.5, -2.5, 0]) },
        { generated: concat([add(x, x), x]), real: tensor1d([0, 0.5, 0, 0, 1]) },
      ]),
  };

  it.each(Object.keys(losses))('of %s equal its difference quotients', (name) => {
    const automatic = grad((x: Tensor) => losses[name](x))(tensor1d(values)).dataSync();
    differences(losses[name], values).forEach((expected, i) => expect(automatic[i]).toBeCloseTo(expected, 3));
  });
});

describe('consistencyLoss (Eq. 3)', () => {
  it('sums the mean absolute errors of its pairs', () => {
    const zeros = tensor4d(new Float32Array(2 * 4 * 4 * 3), [2, 4, 4, 3]);
    const halves = tensor4d(new Float32Array(2 * 4 * 4 * 3).fill(-0.5), [2, 4, 4, 3]);
    const sound = tensor4d([1, -3], [2, 1, 1, 1]);
    const pairs = [
      { generated: halves, real: zeros },
      { generated: sound, real: tensor4d([0, 0], [2, 1, 1, 1]) },
    ];
    expect(read(consistencyLoss(pairs))).toBeCloseTo(0.5 + 2, 6);
  });

  it('adds up the errors of several generated batches for the same real one', () => {
    const real = tensor4d([1, 2], [2, 1, 1, 1]);
    const generated = tensor4d([1, 4, 2, 5, -9, 2], [6, 1, 1, 1]); // errors 0 and 2, 1 and 3, 10 and 0
    expect(read(consistencyLoss([{ generated, real }]))).toBeCloseTo(1 + 2 + 5, 6);
    const uneven = tensor4d([1, 4, 2], [3, 1, 1, 1]);
    expect(() => consistencyLoss([{ generated: uneven, real }])).toThrow(
      "consistencyLoss: generated must have real's shape [2,1,1,1], or that of several such batches, got [3,1,1,1]",
    );
  });

  it('sums the mean squared errors of its pairs, and of several generated batches, if they are to be squared', () => {
    const real = tensor4d([1, 2], [2, 1, 1, 1]);
    const generated = tensor4d([1, 4, 2, 5, -9, 2], [6, 1, 1, 1]); // errors 0 and 2, 1 and 3, 10 and 0
    const halves = { generated: tensor1d([0.5, -0.5]), real: tensor1d([0, 0]) };
    expect(read(squaredConsistencyLoss([{ generated, real }, halves]))).toBeCloseTo(2 + 5 + 50 + 0.25, 5);
    expect(() => squaredConsistencyLoss([])).toThrow('squaredConsistencyLoss: pairs must hold at least one pair, got none');
  });

  it('keeps its precision over the million elements of a batch of images', () => {
    const size = 16 * 128 * 128 * 3;
    const shape: [number, number, number, number] = [16, 128, 128, 3];
    const generated = tensor4d(new Float32Array(size).fill(0.1), shape);
    const squared = squaredConsistencyLoss([{ generated, real: tensor4d(new Float32Array(size), shape) }]);
    expect(Math.abs(read(squared) - 0.01)).toBeLessThan(1e-7);
    expect(Math.abs(read(meanAbsoluteError(generated, tensor4d(new Float32Array(size), shape))) - 0.1)).toBeLessThan(1e-6);
  });

  it('has a gradient of the same size however small the error, and 0 where there is none', () => {
    const gradient = grad((x: Tensor) => meanAbsoluteError(x, tensor1d([0, 0, 0, 1])))(tensor1d([1e-25, -2, 1e10, 1]));
    expect([...gradient.dataSync()]).toEqual([0.25, -0.25, 0.25, 0]);
  });

  it('names shapes that differ', () => {
    expect(() => meanAbsoluteError(tensor1d([1, 2]), tensor1d([1]))).toThrow(
      "meanAbsoluteError: generated must have real's shape [1], got [2]",
    );
  });

  it('leaves no tensor behind but its result', () => {
    const [generated, real] = [tensor1d([1, 2]), tensor1d([0, 0])];
    const before = memory().numTensors;
    tidy(() => void consistencyLoss([{ generated, real }]));
    expect(memory().numTensors).toBe(before);
    consistencyLoss([{ generated, real }]).dispose();
    expect(memory().numTensors).toBe(before);
  });
});

describe('the standard adversarial loss', () => {
  it('judges each modality by itself', () => {
    expect(read(standardDiscriminatorLoss({ real: column(0.4), fakes: [column(-0.6), column(1)] }))).toBeCloseTo(
      softplus(-0.4) + (softplus(-0.6) + softplus(1)) / 2,
      6,
    );
    expect(read(standardGeneratorLoss({ fakes: [column(-0.6)] }))).toBeCloseTo(softplus(0.6), 6);
  });
});

describe('the conditional adversarial loss (S2IC, I2S)', () => {
  it('weighs wrong and fake by a half each, and is 2 ln 2 when the discriminator is undecided', () => {
    const logits = { real: column(0.4, 1), wrong: column(-0.6, 0.2), fake: column(1.5, -2) };
    const loss = conditionalDiscriminatorLoss(logits);
    const [real, wrong, fake] = [
      (softplus(-0.4) + softplus(-1)) / 2,
      (softplus(-0.6) + softplus(0.2)) / 2,
      (softplus(1.5) + softplus(-2)) / 2,
    ];
    expect(read(loss.real)).toBeCloseTo(real, 6);
    expect(read(loss.wrong)).toBeCloseTo(wrong, 6);
    expect(read(loss.fake)).toBeCloseTo(fake, 6);
    expect(read(loss.total)).toBeCloseTo(real + (wrong + fake) / 2, 6);
    expect(read(conditionalGeneratorLoss(logits))).toBeCloseTo((softplus(-1.5) + softplus(2)) / 2, 6);
    const zero = column(0, 0);
    expect(read(conditionalDiscriminatorLoss({ real: zero, wrong: zero, fake: zero }).total)).toBeCloseTo(2 * LN2, 6);
  });
});

describe('gradientPenalty', () => {
  it("is half the square of a linear discriminator's gradient, on average over all directions", () => {
    const weights = [0.5, -2, 1.5];
    const directions = Array.from({ length: 8 }, (_, bits) => weights.map((_w, at) => ((bits >> at) & 1 ? 1 : -1)));
    const logits = directions.map((_, i) => Math.sin(i));
    const nudged = directions.map(
      (direction, i) => logits[i] + 0.25 * direction.reduce((sum, v, at) => sum + v * weights[at], 0),
    );
    const penalty = gradientPenalty({ logits: column(...logits), nudged: column(...nudged), step: 0.25 });
    expect(read(penalty)).toBeCloseTo((0.5 ** 2 + 2 ** 2 + 1.5 ** 2) / 2, 5);
  });

  it('has the gradient that differences of it have, with respect to both logits', () => {
    const values = [0.3, -0.2, 0.5, 0.4];
    const loss = (x: Tensor) => gradientPenalty({ logits: slice(x, 0, 2), nudged: slice(x, 2, 2), step: 0.5 });
    const gradient = grad((x: Tensor) => loss(x))(tensor1d(values)).dataSync();
    differences(loss, values).forEach((expected, i) => expect(gradient[i]).toBeCloseTo(expected, 3));
  });
});

describe('multiScaleSpectralLoss', () => {
  const spectrogram = (values: number[], batch = 1) => tensor4d(values, [batch, 4, 4, 1]);
  const zeros = spectrogram(Array<number>(16).fill(0));
  const lossOf = (values: number[], scales: number) =>
    read(multiScaleSpectralLoss({ generated: spectrogram(values), real: zeros }, scales));
  const checkerboard = Array.from({ length: 16 }, (_, i) => ((i + Math.floor(i / 4)) % 2 === 0 ? 0.6 : -0.6));

  it('weighs an error of the level alike at every scale', () => {
    for (const scales of [1, 2, 3]) expect(lossOf(Array<number>(16).fill(-0.3), scales)).toBeCloseTo(0.3, 6);
  });

  it('averages the error over squares: one that changes from value to value counts at the first scale alone', () => {
    expect([1, 2, 3].map((scales) => lossOf(checkerboard, scales))).toEqual(
      [0.6, 0.3, 0.2].map((loss) => expect.closeTo(loss, 6) as number),
    );
  });

  it('sums over several generated batches', () => {
    const generated = spectrogram([...checkerboard, ...Array<number>(16).fill(1)], 2);
    expect(read(multiScaleSpectralLoss({ generated, real: zeros }, 2))).toBeCloseTo(0.3 + 1, 6);
  });

  it('has the gradient that differences of it have', () => {
    const values = Array.from({ length: 16 }, (_, i) => Math.sin(3 * i));
    const real = spectrogram(values.map((_, i) => Math.cos(5 * i)));
    const loss = (x: Tensor) => multiScaleSpectralLoss({ generated: reshape(x, [1, 4, 4, 1]), real }, 3);
    const gradient = grad((x: Tensor) => loss(x))(tensor1d(values)).dataSync();
    differences(loss, values, 1e-3).forEach((expected, i) => expect(gradient[i]).toBeCloseTo(expected, 3));
  });

  it('names scales that do not fit', () => {
    expect(() => lossOf(checkerboard, 4)).toThrow(
      'multiScaleSpectralLoss: scales must be a whole number of at least 1 for which mels and frames [4, 4] are multiples of 2^(scales - 1), got 4',
    );
  });
});

describe('modeSeekingLoss', () => {
  const pair = { others: tensor1d([1, 0, 2]), latents: tensor1d([1, 2]), otherLatents: tensor1d([-1, 1]) }; // latents differ by 1.5
  const lossOf = (samples: Tensor) => modeSeekingLoss({ ...pair, samples });

  it("is the latents' distance over that of the samples", () => {
    expect(read(lossOf(tensor1d([1.6, 0.3, 2.9])))).toBeCloseTo(1.5 / 0.6, 3); // samples differ by (0.6 + 0.3 + 0.9) / 3
  });

  it('is finite where latents change nothing', () => expect(read(lossOf(pair.others))).toBeCloseTo(1e5, -1));

  it('has the gradient that differences of it have', () => {
    const values = [1.6, 0.3, 2.9];
    const gradient = grad((x) => lossOf(x))(tensor1d(values)).dataSync();
    differences(lossOf, values).forEach((expected, i) => expect(gradient[i]).toBeCloseTo(expected, 2));
  });
});

describe('classificationLoss', () => {
  let classes: Tensor2D;
  beforeAll(() => {
    classes = tensor2d([
      [0, 0, 1],
      [1, 0, 0],
    ]);
  });
  const lossOf = (x: Tensor) => classificationLoss(reshape(x, [2, 3]), classes);

  it('is -log softmax of the right class, averaged', () => {
    const [right, wrong] = [Math.log(2), Math.log(3)]; // softmax: 2/6, 1/6, 3/6 and 1/6, 2/6, 3/6
    expect(read(lossOf(tensor1d([right, 0, wrong, 0, right, wrong])))).toBeCloseTo((Math.log(2) + Math.log(6)) / 2, 5);
  });

  it('is finite and right where exp() overflows', () => {
    expect(read(lossOf(tensor1d([0, 0, 500, 0, 500, 0])))).toBeCloseTo(250, 3);
  });

  it('has the gradient that differences of it have', () => {
    const values = [0.3, -1.2, 0.8, 2, 0.1, -0.4];
    const gradient = grad((x) => lossOf(x))(tensor1d(values)).dataSync();
    differences(lossOf, values).forEach((expected, i) => expect(gradient[i]).toBeCloseTo(expected, 3));
  });

  it('names classes that do not fit', () => {
    expect(() => classificationLoss(tensor2d([[1, 2]]), classes)).toThrow(
      'classificationLoss: classes must have the shape of logits, [1,2], got [2,3]',
    );
  });
});

describe('contrastiveLoss', () => {
  const IMAGES = [0.4, -1.1, 0.9, 2, 0.3, -0.6];
  const SOUNDS = [0.7, -0.2, 0.5, 1.2, 0.8, 0.1];
  const rows = (x: Tensor) => reshape(x, [2, 3]) as Tensor2D;
  const lossOf = (images: Tensor, sounds: Tensor) => contrastiveLoss(rows(images), rows(sounds));

  it('is ln B where all samples are alike, and next to 0 where only pairs agree', () => {
    const alike = tensor2d([1, 2, 1, 2, 1, 2], [3, 2]);
    expect(read(contrastiveLoss(alike, alike))).toBeCloseTo(Math.log(3), 5);
    const apart = tensor2d([3, 0, 0, 0.1], [2, 2]);
    expect(read(contrastiveLoss(apart, apart))).toBeCloseTo(Math.log1p(Math.exp(-10)), 5);
  });

  it('is the cross-entropy of finding each sound by its image and each image by its sound, whatever their lengths', () => {
    const unit = ([a, b, c]: number[]) => [a, b, c].map((value) => value / Math.hypot(a, b, c));
    const [images, sounds] = [IMAGES, SOUNDS].map((values) => [unit(values.slice(0, 3)), unit(values.slice(3))]);
    const cosine = (i: number, j: number) => images[i].reduce((total, value, k) => total + value * sounds[j][k], 0);
    const missed = (own: number, other: number) => softplus(10 * (other - own));
    const expected =
      missed(cosine(0, 0), cosine(0, 1)) +
      missed(cosine(1, 1), cosine(1, 0)) +
      missed(cosine(0, 0), cosine(1, 0)) +
      missed(cosine(1, 1), cosine(0, 1));
    expect(read(lossOf(tensor1d(IMAGES), tensor1d(SOUNDS)))).toBeCloseTo(expected / 4, 5);
    expect(read(lossOf(tensor1d(IMAGES.map((x) => 50 * x)), tensor1d(SOUNDS)))).toBeCloseTo(expected / 4, 5);
  });

  it('has the gradients that differences of it have', () => {
    const [images, sounds] = grads(lossOf)([tensor1d(IMAGES), tensor1d(SOUNDS)]).map((each) => each.dataSync());
    differences((x) => lossOf(x, tensor1d(SOUNDS)), IMAGES).forEach((slope, i) => expect(images[i]).toBeCloseTo(slope, 2));
    differences((x) => lossOf(tensor1d(IMAGES), x), SOUNDS).forEach((slope, i) => expect(sounds[i]).toBeCloseTo(slope, 2));
  });

  it('is finite where features are all 0', () => {
    const [value, ...slopes] = [lossOf(tensor1d(Array(6).fill(0)), tensor1d(SOUNDS))]
      .map(read)
      .concat([...grad((x: Tensor) => lossOf(x, tensor1d(SOUNDS)))(tensor1d(Array<number>(6).fill(0))).dataSync()]);
    expect(value).toBeCloseTo(LN2, 5);
    expect(slopes.every(Number.isFinite)).toBe(true);
  });

  it('names sounds that do not fit', () => {
    expect(() => contrastiveLoss(tensor2d([[1, 2]]), tensor2d([[1]]))).toThrow(
      'contrastiveLoss: sounds must have the shape of images, [1,2], got [1,1]',
    );
  });
});
