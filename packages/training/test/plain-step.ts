import { discriminatorLoss, generatorAdversarialLoss, standardDiscriminatorLoss, standardGeneratorLoss } from '@cmcgan/losses';
import { applyNetwork, drawLatents, modalityOf, sourceOf } from '@cmcgan/model';
import type { Cmcgan, Generated, GeneratedRole, GeneratorRole, Modality } from '@cmcgan/model';
import type { Optimizer } from '@cmcgan/tfjs-kernels';
import {
  abs,
  add,
  addN,
  avgPool,
  dispose,
  div,
  gather,
  keep,
  log,
  matMul,
  mean,
  mul,
  neg,
  oneHot,
  range,
  reshape,
  slice,
  softmax,
  sqrt,
  sub,
  sum,
  tensor1d,
  tensor4d,
  tidy,
  tile,
  transpose,
  variableGrads,
} from '@tensorflow/tfjs-core';
import type { Scalar, Tensor, Tensor2D, Tensor4D, Variable } from '@tensorflow/tfjs-core';
import type { LossNumbers, LossParts, StepLosses } from '../src/step/step-losses';
import { DISCRIMINATOR_AUGMENTATIONS } from '../src/step/transforms/discriminator-augmentations';
import type { DiscriminatorAugmentation } from '../src/step/transforms/discriminator-augmentations';
import { drawDirections } from '../src/step/draw-directions';
import { drawTransforms } from '../src/step/transforms/draw-transforms';
import type { StepTransforms } from '../src/step/transforms/draw-transforms';
import { transformSamples } from '../src/step/transforms/transform-samples';
import { mapInputs } from '../src/step/step-inputs';
import type { RandomSource } from '../src/step/step-inputs';
import type { TensorBatch } from '../src/training-batches';

interface PlainStep {
  model: Cmcgan;
  discriminatorOptimizer: Optimizer;
  generatorOptimizer: Optimizer;
  lambda: number;
  fakes: readonly GeneratedRole[];
  supervised: readonly GeneratedRole[];
  featureMatching?: number;
  classification?: number;
  contrastive?: number;
  modeSeeking?: number;
  cycle?: 'whole' | 'cut';
  realStatistics?: 'batch' | 'moving';
  spectralScales?: number;
  imageDistance?: 'absolute' | 'squared';
  gradientPenalty?: number;
  discriminatorAugmentation?: DiscriminatorAugmentation;
}

/**
 * The step of Algorithm 1 written naively, without regard to speed: every path from its real sample, every pair through the whole
 * discriminator, wrong samples through its trunks, a second forward pass for the generator, `tf.variableGrads`. K = 1.
 */
export function plainStep(setup: PlainStep, batch: TensorBatch, random: RandomSource): StepLosses {
  const { model, lambda, fakes, supervised, featureMatching = 0, classification = 0, contrastive = 0, modeSeeking = 0 } = setup;
  const bounds = DISCRIMINATOR_AUGMENTATIONS[setup.discriminatorAugmentation ?? 'none'];
  const { images, sounds } = batch;
  const latents = drawLatents(model.roles, { batchSize: images.shape[0], latentSize: model.config.latentSize }, random);
  const batchSize = images.shape[0];
  const transforms = bounds && drawTransforms({ bounds, fakes, batchSize, uniform: () => random.uniform!() });
  const directions = setup.gradientPenalty ? drawDirections(batchSize, () => random.uniform!()) : undefined;
  let network: 'discriminator' | 'generator' = 'discriminator';
  const seenReal = (modality: Modality) =>
    seen(modality === 'V' ? images : sounds, transforms?.[network], { kind: 'real', modality });
  const seenFake = (role: GeneratedRole) => {
    const modality = modalityOf(role);
    // In the order of the shared step's batch: direct outputs first, each kind in alphabetical order.
    const place = [...of(modality)].sort((a, b) => a.length - b.length || (a < b ? -1 : 1)).indexOf(role);
    return seen(sample(role), transforms?.[network], { kind: 'fake', modality, place });
  };
  const encoded = encodedOf(batch);
  const { targetImages = images, targetSounds = sounds } = batch;
  const sample = (role: GeneratedRole) => sampleOf(setup, encoded, latents, role);
  const of = (modality: 'V' | 'A') => fakes.filter((role) => modalityOf(role) === modality);
  const judge = (image: Tensor4D, sound: Tensor4D) =>
    model.discriminator.logits(
      model.discriminator.imageFeatures(image, { role: 'real', statistics: 'batch' }),
      model.discriminator.soundFeatures(sound, { role: 'real', statistics: 'batch' }),
    );
  const rows = (x: Tensor4D, indices: ArrayLike<number>) => gather(x, tensor1d(Array.from(indices), 'int32'));
  const judged = () => ({
    fakeSounds: of('A').map((role) => judge(seenReal('V'), seenFake(role))),
    fakeImages: of('V').map((role) => judge(seenFake(role), seenReal('A'))),
  });
  const realism = (modality: 'V' | 'A', input: Tensor4D) => {
    const features = modality === 'V' ? model.discriminator.imageFeatures : model.discriminator.soundFeatures;
    return model.discriminator.realismLogits(modality, features(input, { role: 'real', statistics: 'batch' }));
  };
  const unimodal = (modality: 'V' | 'A') => ({
    real: realism(modality, seenReal(modality)),
    fakes: of(modality).map((role) => realism(modality, seenFake(role))),
  });
  /** The mean cross-entropy of the discriminator's classes of batches of one modality. */
  const classesOf = (modality: Modality, inputs: Tensor4D[]) => {
    const features = modality === 'V' ? model.discriminator.imageFeatures : model.discriminator.soundFeatures;
    const options = { role: 'real', statistics: 'batch' } as const;
    const one = (input: Tensor4D) => {
      const probabilities = softmax(model.discriminator.classLogits(modality, features(input, options)));
      const classes = oneHot(tensor1d(Array.from(batch.classIds!), 'int32'), model.config.classes!);
      return neg(mean(log(sum(mul(probabilities, classes), 1)))) as Scalar;
    };
    return meanOf(inputs.map(one));
  };
  /** How badly images and sounds are found by each other: the cross-entropy of the softmax of 10 · cosine, among the rows and among the columns. */
  const missing = (imageFeatures: Tensor2D, soundFeatures: Tensor2D): Scalar => {
    const unit = (features: Tensor2D): Tensor2D => div(features, sqrt(sum(mul(features, features), 1, true)));
    const cosines = matMul(unit(imageFeatures), transpose(unit(soundFeatures)));
    const own = oneHot(range(0, batchSize, 1, 'int32'), batchSize);
    const missed = (all: Tensor) => neg(mean(log(sum(mul(softmax(mul(10, all)), own), 1)))) as Scalar;
    return meanOf([missed(cosines), missed(transpose(cosines))]);
  };
  const unlikeness = (image: Tensor4D, sound: Tensor4D): Scalar => {
    const options = { role: 'real', statistics: 'batch' } as const;
    return missing(model.discriminator.imageFeatures(image, options), model.discriminator.soundFeatures(sound, options));
  };
  const codesOf = (modality: Modality): Tensor4D =>
    applyNetwork(modality === 'V' ? model.encoderV : model.encoderA, encoded[modality], { role: modality, statistics: 'batch' });
  /** Of codes: those of a sound are as high as those of an image, and are repeated to their width. */
  const unlikeCodes = (): Scalar => {
    const [image, sound] = [codesOf('V'), codesOf('A')];
    const wide = tile(sound, [1, 1, image.shape[2] / sound.shape[2], 1]);
    return missing(reshape(image, [batchSize, -1]), reshape(wide, [batchSize, -1]));
  };
  const joint = model.config.discriminator.kind === 'joint';
  const standard = () => {
    const [image, sound] = [standardDiscriminatorLoss(unimodal('V')), standardDiscriminatorLoss(unimodal('A'))];
    const loss = { total: add<Scalar>(image, sound), image, sound };
    if (classification === 0) return loss;
    const told = add<Scalar>(classesOf('V', [seenReal('V')]), classesOf('A', [seenReal('A')]));
    return { ...loss, total: add<Scalar>(loss.total, mul(classification, told)), classification: told };
  };
  const nudged = () =>
    judge(add<Tensor4D>(seenReal('V'), mul(0.01, directions!.V)), add<Tensor4D>(seenReal('A'), mul(0.01, directions!.A)));
  /** Eq. 1, and the penalty: the discriminator's slope along the directions. */
  const corresponding = () => {
    const loss = {
      ...discriminatorLoss({
        real: judge(seenReal('V'), seenReal('A')),
        wrongSound: judge(seenReal('V'), rows(seenReal('A'), batch.wrongSounds)),
        wrongImage: judge(rows(seenReal('V'), batch.wrongImages), seenReal('A')),
        ...judged(),
      }),
    };
    const extra: Record<string, Scalar> = {};
    if (directions !== undefined) {
      const slope = div(sub(nudged(), judge(seenReal('V'), seenReal('A'))), 0.01);
      extra.gradientPenalty = div(mean(mul(slope, slope)), 2);
    }
    if (classification > 0) extra.classification = add(classesOf('V', [seenReal('V')]), classesOf('A', [seenReal('A')]));
    if (contrastive > 0) extra.contrastive = unlikeness(seenReal('V'), seenReal('A'));
    const weights: Record<string, number> = { gradientPenalty: setup.gradientPenalty ?? 0, classification, contrastive };
    const weighted = Object.entries(extra).map(([name, part]) => mul<Scalar>(weights[name], part));
    return { ...loss, total: addN([loss.total, ...weighted]), ...extra };
  };
  const discriminator = update(setup.discriminatorOptimizer, model.discriminatorVariables, () =>
    joint ? corresponding() : standard(),
  );
  network = 'generator';
  const generator = update(setup.generatorOptimizer, model.generatorVariables, () => {
    const adversarial: Scalar = joint
      ? generatorAdversarialLoss(judged())
      : add(standardGeneratorLoss(unimodal('V')), standardGeneratorLoss(unimodal('A')));
    const consistency: Scalar = addN(
      supervised.map((role) =>
        modalityOf(role) === 'V'
          ? imageDistance(sample(role), targetImages, setup.imageDistance)
          : spectralDistance(sample(role), targetSounds, setup.spectralScales ?? 1),
      ),
    );
    const parts: Record<string, Scalar> = { consistency };
    const weights: Record<string, number> = { consistency: lambda, featureMatching, classification, contrastive, modeSeeking };
    if (featureMatching > 0)
      parts.featureMatching = meanOf(
        fakes.map((role) => featureDistance(model, role, seenFake(role), seenReal(modalityOf(role)))),
      );
    if (classification > 0) {
      const lossOf = (modality: Modality) =>
        classesOf(
          modality,
          of(modality).map((role) => seenFake(role)),
        );
      parts.classification = add(lossOf('V'), lossOf('A'));
    }
    if (contrastive > 0)
      parts.contrastive = addN([
        meanOf(of('V').map((role) => unlikeness(seenFake(role), seenReal('A')))),
        meanOf(of('A').map((role) => unlikeness(seenReal('V'), seenFake(role)))),
        unlikeCodes(),
      ]);
    if (modeSeeking > 0) parts.modeSeeking = addN(ACROSS.map((role) => modeSeekingOf(setup, role, { batch, latents })));
    const weighted = Object.entries(parts).map(([name, part]) => mul<Scalar>(weights[name], part));
    return { total: addN([adversarial, ...weighted]), adversarial, ...parts };
  });
  dispose([latents, transforms ?? [], directions ?? []]);
  return { discriminator, generator };
}

interface Seen {
  kind: 'real' | 'fake';
  modality: Modality;
  /** Which of the generated batches of this modality. */
  place?: number;
}

/** A batch as a network's loss sees it, through its part of the transforms, which the gradients need as well. */
function seen(
  samples: Tensor4D,
  transforms: StepTransforms['generator'] | undefined,
  { kind, modality, place = 0 }: Seen,
): Tensor4D {
  const all = transforms?.[kind][modality];
  const size = samples.shape[0];
  return transformSamples(
    samples,
    all && mapInputs(all, (each) => keep(slice(each, place * size, size))),
    modality === 'V' ? 0 : -1,
  );
}

/** What is generated from the other modality. */
const ACROSS = ['VA', 'AV', 'VVA', 'AAV'] as const;
const meanOf = (scalars: Scalar[]): Scalar => mul(addN(scalars), 1 / scalars.length);
const distance = (a: Tensor, b: Tensor): Scalar => mean(abs(sub(a, b)));

/** The mean error, absolute or squared. The squares are averaged by rows first: one running sum over all is off by 1e-5. */
function imageDistance(a: Tensor, b: Tensor, kind: 'absolute' | 'squared' = 'absolute'): Scalar {
  const difference = sub(a, b);
  return kind === 'absolute' ? distance(a, b) : mean(mean(mul(difference, difference), [2, 3]));
}

/** The mean over scales of the distance of spectrograms, averaged over squares. */
function spectralDistance(a: Tensor4D, b: Tensor4D, scales: number): Scalar {
  const sizes = Array.from({ length: scales }, (_, scale) => 2 ** scale);
  return meanOf(sizes.map((size) => distance(avgPool(a, size, size, 'valid'), avgPool(b, size, size, 'valid'))));
}

/** Between the discriminator's features of generated and of real samples. */
function featureDistance({ discriminator }: Cmcgan, role: GeneratedRole, sample: Tensor4D, real: Tensor4D): Scalar {
  const features = modalityOf(role) === 'V' ? discriminator.imageFeatures : discriminator.soundFeatures;
  const [a, b] = [sample, real].map((each) => features(each, { role: 'real', statistics: 'batch' }));
  return distance(a, b);
}

/** 1 / (distance of samples / distance of latents), the other samples held constant and with the latents of the next pair. */
function modeSeekingOf(
  setup: Paths,
  role: GeneratedRole,
  { batch, latents }: { batch: TensorBatch; latents: Generated },
): Scalar {
  const next = (z: Tensor4D) => {
    const rows = [...Array(z.shape[0]).keys()].map((i) => (i + 1) % z.shape[0]);
    return gather(z, tensor1d(rows, 'int32'));
  };
  const others = Object.fromEntries(Object.entries(latents).map(([each, z]) => [each, next(z)])) as Generated;
  const make = (drawn: Generated) => sampleOf(setup, encodedOf(batch), drawn, role);
  const other = make(others);
  const constant = tensor4d(other.dataSync(), other.shape);
  return div(1, add(div(distance(make(latents), constant), distance(latents[role]!, others[role]!)), 1e-5));
}

/** What the encoders get. */
function encodedOf({ images, sounds, encoderImages = images, encoderSounds = sounds }: TensorBatch) {
  return { V: encoderImages, A: encoderSounds };
}

type Paths = Pick<PlainStep, 'model' | 'cycle' | 'realStatistics'>;

function sampleOf(setup: Paths, samples: Record<string, Tensor4D>, latents: Generated, role: GeneratorRole): Tensor4D {
  if (role.length === 1) return samples[role];
  const { model, cycle, realStatistics = 'batch' } = setup;
  const source = sourceOf(role as GeneratedRole);
  const made = sampleOf(setup, samples, latents, source);
  const before = cycle === 'cut' ? tensor4d(made.dataSync(), made.shape) : made;
  const encoder = modalityOf(source) === 'V' ? model.encoderV : model.encoderA;
  const decoder = modalityOf(role) === 'V' ? model.decoderV : model.decoderA;
  const code = applyNetwork(encoder, before, { role: source, statistics: source.length === 1 ? realStatistics : 'batch' });
  const latent = latents[role as GeneratedRole];
  return applyNetwork(decoder, latent === undefined ? code : [code, latent], { role, statistics: 'batch' });
}

/** Takes one optimiser step down the gradient of the total loss; returns the parts of the loss as numbers. */
function update(optimizer: Optimizer, variables: readonly Variable[], lossOf: () => LossParts): LossNumbers {
  let numbers: Record<string, number> = {};
  tidy(() => {
    const { grads } = variableGrads(() => {
      const loss = lossOf();
      numbers = Object.fromEntries(Object.entries<Scalar>(loss).map(([part, value]) => [part, value.dataSync()[0]]));
      return loss.total;
    }, [...variables]);
    optimizer.step(variables.map(({ name }) => grads[name]));
  });
  return numbers as LossNumbers;
}
