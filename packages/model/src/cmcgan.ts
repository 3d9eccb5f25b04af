// Importing tfjs-layers registers the gradients of TensorFlow.js' operations; tfjs-core alone registers none.
import '@tensorflow/tfjs-layers';
import type { Tensor4D, Variable } from '@tensorflow/tfjs-core';
import { resolveConfig } from './config';
import type { CmcganConfig, CmcganOptions } from './config';
import type { Decoder } from './decoder';
import { createDecoder } from './decoder';
import type { Discriminator } from './discriminator';
import { createDiscriminator } from './discriminator';
import type { Encoder } from './encoder';
import { createEncoder } from './encoder';
import { generate } from './generate';
import { generateFrom } from './generate-from';
import type { GenerateFromOptions, Generator } from './generate-from';
import { countParameters } from './parameter-counts';
import type { ParameterCounts } from './parameter-counts';
import { PATHS, generatedRoles, modalityOf, sourceOf } from './roles';
import type { GeneratedRole, Role } from './roles';
import { seededInitialValues } from './seeded-normal';
import type { TrainableModel } from './trainable-model';
import { createVariableStore } from './variable-store';
import type { InitialValues } from './variable-store';
import { waysOf } from './ways';

/** CMCGAN: one EncoderV, EncoderA, DecoderV and DecoderA that compose all subnetworks and paths, and the joint discriminator. */
export interface Cmcgan extends TrainableModel {
  readonly architecture: 'cmcgan';
  readonly config: CmcganConfig;
  readonly encoderV: Encoder;
  readonly encoderA: Encoder;
  readonly decoderV: Decoder;
  readonly decoderA: Decoder;
  readonly discriminator: Discriminator;
  /**
   * A sound for each image: [B, 128, 128, 3] in [-1, 1] → [B, 128, 32, 1] in [-1, 1]; by default the end of V→V→A (FR_Sound), with `output:
   * 'direct'` that of V→A. `z` is [B, 1, 1, latentSize], one for all decoder passes or a list with one for each (V→V→A has two), and left
   * out only where latentSize is 0. The caller owns the result.
   */
  generateSound(image: Tensor4D, z?: Tensor4D | readonly Tensor4D[], options?: GenerateFromOptions): Tensor4D;
  /** An image for each sound: [B, 128, 32, 1] → [B, 128, 128, 3]; by default the end of A→A→V (FR_Image), else that of A→V. */
  generateImage(sound: Tensor4D, z?: Tensor4D | readonly Tensor4D[], options?: GenerateFromOptions): Tensor4D;
  /** How many numbers training changes in each network. */
  parameterCounts(): ParameterCounts;
  /** All variables by their stable names, moving averages included. They stay the model's own. */
  tensors(): Record<string, Variable>;
  dispose(): void;
}

/**
 * A CMCGAN with initial weights drawn from `seed`: the same on every backend, whatever was created before.
 *
 * @throws where an option is unknown or out of range
 */
export function createCmcgan({ seed, ...options }: CmcganOptions & { seed: number }): Cmcgan {
  if (!Number.isInteger(seed)) throw new Error(`createCmcgan: seed must be a whole number, got ${seed}`);
  return buildCmcgan(resolveConfig(options), seededInitialValues(seed));
}

/** A CMCGAN whose variables start with the values given. */
export function buildCmcgan(config: CmcganConfig, initialValues: InitialValues): Cmcgan {
  const store = createVariableStore(initialValues);
  const paths = PATHS[config.paths];
  const roles = generatedRoles(paths);
  const rolesOf = rolesByNetwork(roles, config);
  const encoders = {
    V: createEncoder({ store, config, modality: 'V', roles: rolesOf.encoderV }),
    A: createEncoder({ store, config, modality: 'A', roles: rolesOf.encoderA }),
  };
  const decoders = {
    V: createDecoder({ store, config, modality: 'V', roles: rolesOf.decoderV }),
    A: createDecoder({ store, config, modality: 'A', roles: rolesOf.decoderA }),
  };
  const discriminator = createDiscriminator(store, config);
  const trainable = [...store.named].filter(([, variable]) => variable.trainable);
  const trainableOf = (ofDiscriminator: boolean) =>
    trainable.filter(([name]) => name.startsWith('discriminator.') === ofDiscriminator).map(([, variable]) => variable);
  const generator: Generator = {
    latentSize: config.latentSize,
    ways: waysOf(roles),
    generate: (options) => generate({ encoders, decoders }, options),
  };
  return {
    ...generator,
    architecture: 'cmcgan',
    config,
    encoderV: encoders.V,
    encoderA: encoders.A,
    decoderV: decoders.V,
    decoderA: decoders.A,
    discriminator,
    paths,
    roles,
    generatorVariables: trainableOf(false),
    discriminatorVariables: trainableOf(true),
    generateSound: (sample, z, options) => generateFrom(generator, { modality: 'V', sample, z }, options),
    generateImage: (sample, z, options) => generateFrom(generator, { modality: 'A', sample, z }, options),
    parameterCounts: () => countParameters(trainable),
    tensors: () => Object.fromEntries(store.named),
    dispose: () => store.named.forEach((variable) => variable.dispose()),
  };
}

/** The roles that each network's inputs play; null where statistics are mixed. A decoder's role is that of what it makes. */
function rolesByNetwork(roles: readonly GeneratedRole[], { statistics }: CmcganConfig): Record<string, Role[] | null> {
  const byNetwork: Record<string, Role[]> = {};
  for (const role of roles) {
    const source = sourceOf(role);
    (byNetwork[`encoder${modalityOf(source)}`] ??= []).push(source);
    (byNetwork[`decoder${modalityOf(role)}`] ??= []).push(role);
  }
  const entries = Object.entries(byNetwork).map(([name, list]) => [name, statistics === 'mixed' ? null : [...new Set(list)]]);
  return Object.fromEntries(entries) as Record<string, Role[] | null>;
}
