import { consistencyLoss, discriminatorLoss, generatorAdversarialLoss } from '@cmcgan/losses';
import type { Cmcgan, Generated, GeneratedRole, GeneratorRole } from '@cmcgan/model';
import { modalityOf, sourceOf } from '@cmcgan/model';
import type { Optimizer } from '@cmcgan/tfjs-kernels';
import { add, dispose, gather, mul, tensor1d, tidy, variableGrads } from '@tensorflow/tfjs-core';
import type { Scalar, Tensor4D, Variable } from '@tensorflow/tfjs-core';
import { drawLatents } from '../src/step/latents';
import type { NormalSource } from '../src/step/latents';
import type { StepLosses } from '../src/step/step-losses';
import type { TensorBatch } from '../src/step/tensor-batch';

interface PlainStep {
  model: Cmcgan;
  discriminatorOptimizer: Optimizer;
  generatorOptimizer: Optimizer;
  lambda: number;
  fakes: readonly GeneratedRole[];
  supervised: readonly GeneratedRole[];
}

/**
 * The step of Algorithm 1 as one would write it without a thought for speed: every path from its real sample, every pair through the
 * whole discriminator, wrong samples through its trunks, a second forward pass for the generator, `tf.variableGrads`. K = 1.
 */
export function plainStep(setup: PlainStep, batch: TensorBatch, random: NormalSource): StepLosses {
  const { model, lambda, fakes, supervised } = setup;
  const { images, sounds } = batch;
  const latents = drawLatents(model.roles, { batchSize: images.shape[0], latentSize: model.config.latentSize }, random);
  const sample = (role: GeneratedRole) => sampleOf(model, { V: images, A: sounds }, latents, role);
  const of = (modality: 'V' | 'A') => fakes.filter((role) => modalityOf(role) === modality);
  const judge = (image: Tensor4D, sound: Tensor4D) =>
    model.discriminator.logits(
      model.discriminator.imageFeatures(image, { role: 'real', training: true }),
      model.discriminator.soundFeatures(sound, { role: 'real', training: true }),
    );
  const rows = (x: Tensor4D, indices: ArrayLike<number>) => gather(x, tensor1d(Array.from(indices), 'int32'));
  const judged = () => ({
    fakeSounds: of('A').map((role) => judge(images, sample(role))),
    fakeImages: of('V').map((role) => judge(sample(role), sounds)),
  });
  const discriminator = update(setup.discriminatorOptimizer, model.discriminatorVariables, () =>
    discriminatorLoss({
      real: judge(images, sounds),
      wrongSound: judge(images, rows(sounds, batch.wrongSounds)),
      wrongImage: judge(rows(images, batch.wrongImages), sounds),
      ...judged(),
    }),
  );
  const generator = update(setup.generatorOptimizer, model.generatorVariables, () => {
    const adversarial = generatorAdversarialLoss(judged());
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
  const code = encoder.apply(before, { role: source, training: true });
  return decoder.apply(code, latents[role as GeneratedRole], { role, training: true });
}

/** One optimiser step down the gradient of the loss's total; returns the numbers of its parts. */
function update<Part extends string>(
  optimizer: Optimizer,
  variables: readonly Variable[],
  lossOf: () => Record<Part | 'total', Scalar>,
): Record<Part | 'total', number> {
  let numbers = {} as Record<Part | 'total', number>;
  tidy(() => {
    const { grads } = variableGrads(() => {
      const loss = lossOf();
      numbers = Object.fromEntries(
        Object.entries<Scalar>(loss).map(([part, value]) => [part, value.dataSync()[0]]),
      ) as typeof numbers;
      return loss.total;
    }, [...variables]);
    optimizer.step(variables.map(({ name }) => grads[name]));
  });
  return numbers;
}
