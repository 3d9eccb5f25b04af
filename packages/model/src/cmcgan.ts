import { tidy } from '@tensorflow/tfjs-core';
import type { Tensor, Tensor4D, Variable } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Modality } from './architecture';
import { resolveConfig } from './config';
import type { CmcganConfig, CmcganOptions } from './config';
import { generateBatches } from './generate';
import { generateFrom } from './generate-from';
import type { Generator } from './generate-from';
import { seededInitialValues } from './layers/initial-values';
import type { InitialValues } from './layers/initial-values';
import { buildDecoder } from './networks/decoder';
import { createDiscriminator } from './networks/discriminator';
import type { Discriminator } from './networks/discriminator';
import { buildEncoder } from './networks/encoder';
import { namedVariables } from './networks/network';
import { countParameters } from './parameter-counts';
import type { ParameterCounts } from './parameter-counts';
import { PATHS, generatedRoles, modalityOf, sourceOf, waysOf } from './paths';
import type { GeneratedRole, Role } from './paths';
import { samplesByRole } from './role-batch';
import type { GenerateFromOptions, TrainableModel } from './cross-modal-model';

/** CMCGAN: EncoderV, EncoderA, DecoderV and DecoderA, of which all subnetworks and paths are composed, and the joint discriminator. */
export interface Cmcgan extends TrainableModel {
  readonly architecture: 'cmcgan';
  readonly config: CmcganConfig;
  /** Images [B, 128, 128, 3] → codes F [B, h, w, codeSize], h = w = 1 at depth 7; `apply` also takes {@link ApplyArguments}. */
  readonly encoderV: LayersModel;
  /** Sounds [B, 128, 32, 1] → codes. */
  readonly encoderA: LayersModel;
  /** A code of either modality and z [B, 1, 1, latentSize] → an image; the code alone if latentSize is 0. */
  readonly decoderV: LayersModel;
  /** The same → a sound. */
  readonly decoderA: LayersModel;
  readonly discriminator: Discriminator;
  /**
   * Generates a sound for each image: [B, 128, 128, 3] in [-1, 1] → [B, 128, 32, 1] in [-1, 1]; by default the end of V→V→A (FR_Sound),
   * with `output: 'direct'` that of V→A. `z` is [B, 1, 1, latentSize], either one for all decoder passes or a list with one for each (V→V→A
   * has two); it may be left out only if latentSize is 0. The caller owns the result.
   */
  generateSound(image: Tensor, z?: Tensor | readonly Tensor[], options?: GenerateFromOptions): Tensor4D;
  /** Generates an image for each sound: [B, 128, 32, 1] → [B, 128, 128, 3]; by default the end of A→A→V (FR_Image), else that of A→V. */
  generateImage(sound: Tensor, z?: Tensor | readonly Tensor[], options?: GenerateFromOptions): Tensor4D;
  /** Number of trainable parameters of each network. */
  parameterCounts(): ParameterCounts;
  /** All variables by their stable names, including moving averages. The model keeps ownership. */
  tensors(): Record<string, Variable>;
  dispose(): void;
}

/**
 * Creates a CMCGAN with initial weights drawn from `seed`: the same on every backend, whatever was created before.
 *
 * @throws if an option is unknown or out of range
 */
export function createCmcgan({ seed, ...options }: CmcganOptions & { seed: number }): Cmcgan {
  return buildCmcgan(resolveConfig(options), seededInitialValues(seed, 'createCmcgan'));
}

/** Creates a CMCGAN with the given initial values, and with a discriminator of its own unless one is given, which its owner disposes of. */
export function buildCmcgan(config: CmcganConfig, initialValues: InitialValues, shared?: Discriminator): Cmcgan {
  const paths = PATHS[config.paths];
  const roles = generatedRoles(paths);
  const networks = buildNetworks(config, roles, initialValues);
  const { encoderV, encoderA, decoderV, decoderA } = networks;
  const discriminator = shared ?? createDiscriminator(config, initialValues);
  const { trunkV, trunkA, heads } = discriminator.networks;
  const [generating, judging] = [Object.values(networks), [trunkV, trunkA, ...heads]];
  const named = namedVariables([...generating, ...judging]);
  const trainable = [...named].filter(([, variable]) => variable.trainable);
  const trainableOf = (ofDiscriminator: boolean) =>
    trainable.filter(([name]) => name.startsWith('discriminator.') === ofDiscriminator).map(([, variable]) => variable);
  const sharedNetworks = { encoders: { V: encoderV, A: encoderA }, decoders: { V: decoderV, A: decoderA } };
  const generator: Generator = {
    latentSize: config.latentSize,
    ways: waysOf(roles),
    generate: (options) => tidy(() => samplesByRole(generateBatches(sharedNetworks, options))),
  };
  return {
    ...generator,
    generateBatches: (options) => generateBatches(sharedNetworks, options),
    ...networks,
    architecture: 'cmcgan',
    config,
    discriminator,
    paths,
    roles,
    generatorVariables: trainableOf(false),
    discriminatorVariables: trainableOf(true),
    generateSound: (sample, z, options) => generateFrom(generator, { modality: 'V', sample, z }, options),
    generateImage: (sample, z, options) => generateFrom(generator, { modality: 'A', sample, z }, options),
    parameterCounts: () => countParameters(trainable),
    tensors: () => Object.fromEntries(named),
    dispose: () => [...generating, ...(shared ? [] : judging)].forEach((network) => network.dispose()),
  };
}

function buildNetworks(config: CmcganConfig, roles: readonly GeneratedRole[], initialValues: InitialValues) {
  const rolesOf = rolesByNetwork(roles, config);
  const encoder = (modality: Modality) => buildEncoder({ initialValues, config, modality, roles: rolesOf[`encoder${modality}`] });
  const decoder = (modality: Modality) => buildDecoder({ initialValues, config, modality, roles: rolesOf[`decoder${modality}`] });
  return { encoderV: encoder('V'), encoderA: encoder('A'), decoderV: decoder('V'), decoderA: decoder('A') };
}

/** The roles of each network's inputs; null if statistics are mixed. A decoder's role is that of its output. */
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
