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
import { add, dispose, gather, mul, tensor1d, tidy, variableGrads } from '@tensorflow/tfjs-core';
import type { Scalar, Tensor4D, Variable } from '@tensorflow/tfjs-core';
import type { LossNumbers, LossParts, StepLosses } from '../src/step/step-losses';
import type { TensorBatch } from '../src/training-batches';

interface PlainStep {
  model: Cmcgan;
  discriminatorOptimizer: Optimizer;
  generatorOptimizer: Optimizer;
  lambda: number;
  fakes: readonly GeneratedRole[];
  supervised: readonly GeneratedRole[];
}

/**
 * The step of Algorithm 1 written naively, without regard to speed: every path from its real sample, every pair through the whole
 * discriminator, wrong samples through its trunks, a second forward pass for the generator, `tf.variableGrads`. K = 1.
 */
export function plainStep(setup: PlainStep, batch: TensorBatch, random: NormalSource): StepLosses {
  const { model, lambda, fakes, supervised } = setup;
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
    return { total: add<Scalar>(adversarial, mul(lambda, consistency)), adversarial, consistency };
  });
  dispose(latents);
  return { discriminator, generator };
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
