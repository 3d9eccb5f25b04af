import {
  consistencyLoss,
  discriminatorLoss,
  generatorAdversarialLoss,
  standardDiscriminatorLoss,
  standardGeneratorLoss,
} from '@cmcgan/losses';
import { applyNetwork, drawLatents, modalityOf, sourceOf } from '@cmcgan/model';
import type { Cmcgan, Generated, GeneratedRole, GeneratorRole, NormalSource } from '@cmcgan/model';
import type { Optimizer } from '@cmcgan/tfjs-kernels';
import {
  abs,
  add,
  addN,
  dispose,
  div,
  gather,
  mean,
  mul,
  sub,
  tensor1d,
  tensor4d,
  tidy,
  variableGrads,
} from '@tensorflow/tfjs-core';
import type { Scalar, Tensor, Tensor4D, Variable } from '@tensorflow/tfjs-core';
import type { LossNumbers, LossParts, StepLosses } from '../src/step/step-losses';
import type { TensorBatch } from '../src/training-batches';

interface PlainStep {
  model: Cmcgan;
  discriminatorOptimizer: Optimizer;
  generatorOptimizer: Optimizer;
  lambda: number;
  fakes: readonly GeneratedRole[];
  supervised: readonly GeneratedRole[];
  featureMatching?: number;
  modeSeeking?: number;
}

/**
 * The step of Algorithm 1 written naively, without regard to speed: every path from its real sample, every pair through the whole
 * discriminator, wrong samples through its trunks, a second forward pass for the generator, `tf.variableGrads`. K = 1.
 */
export function plainStep(setup: PlainStep, batch: TensorBatch, random: NormalSource): StepLosses {
  const { model, lambda, fakes, supervised, featureMatching = 0, modeSeeking = 0 } = setup;
  const { images, sounds } = batch;
  const latents = drawLatents(model.roles, { batchSize: images.shape[0], latentSize: model.config.latentSize }, random);
  const sample = (role: GeneratedRole) => sampleOf(model, { V: images, A: sounds }, latents, role);
  const of = (modality: 'V' | 'A') => fakes.filter((role) => modalityOf(role) === modality);
  const judge = (image: Tensor4D, sound: Tensor4D) =>
    model.discriminator.logits(
      model.discriminator.imageFeatures(image, { role: 'real', statistics: 'batch' }),
      model.discriminator.soundFeatures(sound, { role: 'real', statistics: 'batch' }),
    );
  const rows = (x: Tensor4D, indices: ArrayLike<number>) => gather(x, tensor1d(Array.from(indices), 'int32'));
  const judged = () => ({
    fakeSounds: of('A').map((role) => judge(images, sample(role))),
    fakeImages: of('V').map((role) => judge(sample(role), sounds)),
  });
  const realism = (modality: 'V' | 'A', input: Tensor4D) => {
    const features = modality === 'V' ? model.discriminator.imageFeatures : model.discriminator.soundFeatures;
    return model.discriminator.realismLogits(modality, features(input, { role: 'real', statistics: 'batch' }));
  };
  const unimodal = (modality: 'V' | 'A') => ({
    real: realism(modality, modality === 'V' ? images : sounds),
    fakes: of(modality).map((role) => realism(modality, sample(role))),
  });
  const joint = model.config.discriminator.kind === 'joint';
  const standard = () => {
    const [image, sound] = [standardDiscriminatorLoss(unimodal('V')), standardDiscriminatorLoss(unimodal('A'))];
    return { total: add<Scalar>(image, sound), image, sound };
  };
  const corresponding = () => ({
    ...discriminatorLoss({
      real: judge(images, sounds),
      wrongSound: judge(images, rows(sounds, batch.wrongSounds)),
      wrongImage: judge(rows(images, batch.wrongImages), sounds),
      ...judged(),
    }),
  });
  const discriminator = update(setup.discriminatorOptimizer, model.discriminatorVariables, () =>
    joint ? corresponding() : standard(),
  );
  const generator = update(setup.generatorOptimizer, model.generatorVariables, () => {
    const adversarial: Scalar = joint
      ? generatorAdversarialLoss(judged())
      : add(standardGeneratorLoss(unimodal('V')), standardGeneratorLoss(unimodal('A')));
    const consistency = consistencyLoss(
      supervised.map((role) => ({ generated: sample(role), real: modalityOf(role) === 'V' ? images : sounds })),
    );
    const parts: Record<string, Scalar> = { consistency };
    const weights: Record<string, number> = { consistency: lambda, featureMatching, modeSeeking };
    if (featureMatching > 0)
      parts.featureMatching = meanOf(fakes.map((role) => featureDistance(model, role, sample(role), batch)));
    if (modeSeeking > 0) parts.modeSeeking = addN(DIRECT.map((role) => modeSeekingOf(model, role, { batch, latents })));
    const weighted = Object.entries(parts).map(([name, part]) => mul<Scalar>(weights[name], part));
    return { total: addN([adversarial, ...weighted]), adversarial, ...parts };
  });
  dispose(latents);
  return { discriminator, generator };
}

const DIRECT = ['VA', 'AV'] as const;
const meanOf = (scalars: Scalar[]): Scalar => mul(addN(scalars), 1 / scalars.length);
const distance = (a: Tensor, b: Tensor): Scalar => mean(abs(sub(a, b)));

/** Between the discriminator's features of generated and of real samples. */
function featureDistance(
  { discriminator }: Cmcgan,
  role: GeneratedRole,
  sample: Tensor4D,
  { images, sounds }: TensorBatch,
): Scalar {
  const [features, real] =
    modalityOf(role) === 'V' ? [discriminator.imageFeatures, images] : [discriminator.soundFeatures, sounds];
  const [a, b] = [sample, real].map((each) => features(each, { role: 'real', statistics: 'batch' }));
  return distance(a, b);
}

/** 1 / (distance of samples / distance of latents), the other samples held constant and with the latents of the next pair. */
function modeSeekingOf(
  model: Cmcgan,
  role: GeneratedRole,
  { batch: { images, sounds }, latents }: { batch: TensorBatch; latents: Generated },
): Scalar {
  const z = latents[role]!;
  const next = gather(
    z,
    tensor1d(
      [...Array(z.shape[0]).keys()].map((i) => (i + 1) % z.shape[0]),
      'int32',
    ),
  );
  const make = (latent: Tensor4D) => sampleOf(model, { V: images, A: sounds }, { [role]: latent }, role);
  const other = make(next);
  const constant = tensor4d(other.dataSync(), other.shape);
  return div(1, add(div(distance(make(z), constant), distance(z, next)), 1e-5));
}

function sampleOf(model: Cmcgan, samples: Record<string, Tensor4D>, latents: Generated, role: GeneratorRole): Tensor4D {
  if (role.length === 1) return samples[role];
  const source = sourceOf(role as GeneratedRole);
  const before = sampleOf(model, samples, latents, source);
  const encoder = modalityOf(source) === 'V' ? model.encoderV : model.encoderA;
  const decoder = modalityOf(role) === 'V' ? model.decoderV : model.decoderA;
  const code = applyNetwork(encoder, before, { role: source, statistics: 'batch' });
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
