import { reshape, tidy } from '@tensorflow/tfjs-core';
import type { Tensor2D, Tensor4D, Variable } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { GenerateSample, TrainableModel } from '../cross-modal-model';
import type { GenerateOptions } from '../generate';
import { generateFrom } from '../generate-from';
import type { Generator } from '../generate-from';
import type { ApplyArguments } from '../layers/apply-arguments';
import { seededInitialValues } from '../layers/initial-values';
import type { InitialValues } from '../layers/initial-values';
import { buildEncoder } from '../networks/encoder';
import { applyNetwork, namedVariables } from '../networks/network';
import { otherModality, waysOf } from '../paths';
import type { GeneratedRole } from '../paths';
import type { Generated } from '../role-batch';
import { resolveChenConfig } from './chen-config';
import type { ChenConfig, ChenOptions } from './chen-config';
import { createChenDiscriminator } from './chen-discriminator';
import type { ChenDiscriminator } from './chen-discriminator';
import { buildChenGenerator } from './chen-generator';

/** A baseline of Chen et al.: a conditional GAN from one modality to the other (S2IC, S2I-N and S2I-A from a sound, I2S from an image). */
export interface ChenGan extends TrainableModel {
  readonly architecture: 'chen';
  readonly config: ChenConfig;
  readonly discriminator: ChenDiscriminator;
  /** φ before it is flattened, a sample → [B, 1, 1, featureSize]; and the generator, φ [B, featureSize] and z (if any) → a sample. */
  readonly networks: { readonly feature: LayersModel; readonly generator: LayersModel };
  /**
   * φ: a real sample of the source modality → [B, featureSize], non-negative. A frozen φ always normalises by its moving averages. The
   * caller owns the result.
   */
  feature(sample: Tensor4D, options: Omit<ApplyArguments, 'role'>): Tensor2D;
}

/**
 * Creates a baseline with initial weights drawn from `seed`. The weights of a frozen φ must then be assigned to its `feature.*` variables.
 *
 * @throws if an option is unknown or out of range
 */
export function createChenGan({ seed, ...options }: ChenOptions & { seed: number }): ChenGan {
  return buildChenGan(resolveChenConfig(options), seededInitialValues(seed, 'createChenGan'));
}

/** Creates a baseline with the given initial values, and with a discriminator of its own unless one is given, which its owner disposes of. */
export function buildChenGan(config: ChenConfig, initialValues: InitialValues, shared?: ChenDiscriminator): ChenGan {
  const { from, width, featureSize, latentSize, initialisation } = config;
  const to = otherModality(from);
  const role: GeneratedRole = `${from}${to}`;
  const encoderConfig = { depth: 7, width, codeSize: featureSize, initialisation } as const;
  const encoder = buildEncoder({ initialValues, config: encoderConfig, modality: from, roles: null, name: 'feature' });
  const generator = buildChenGenerator(config, to, initialValues);
  const discriminator = shared ?? createChenDiscriminator(config, to, initialValues);
  const [generating, judging] = [
    [encoder, generator],
    [discriminator.networks.trunk, discriminator.networks.head],
  ];
  const named = namedVariables([...generating, ...judging]);

  const feature: ChenGan['feature'] = (sample, { statistics, onStatistics }) => {
    const options = config.feature === 'learnt' ? { statistics, onStatistics } : {};
    return tidy(() => reshape(applyNetwork(encoder, sample, options), [sample.shape[0], featureSize])); // [B, 1, 1, F] → [B, F]
  };
  const generate = ({ samples, latents, ...options }: GenerateOptions): Generated =>
    tidy((): Record<string, Tensor4D> => {
      const sample = samples[from];
      if (sample === undefined) throw new Error(`generate: samples must hold ${from}, which it generates from, got none`);
      const [condition, latent] = [feature(sample, options), latents[role]];
      return { [role]: applyNetwork(generator, latent === undefined ? condition : [condition, latent], { ...options, role }) };
    });
  const generateBatches: ChenGan['generateBatches'] = (options) => [{ roles: [role], values: generate(options)[role]! }];
  const made: Generator = { latentSize, ways: waysOf([role]), generate };
  const generateOther: GenerateSample = (sample, z, options) => generateFrom(made, { modality: from, sample, z }, options);
  const variablesOf = (...networks: string[]) => trainableOf(named, networks);
  return {
    ...made,
    generateBatches,
    architecture: 'chen',
    config,
    paths: [],
    roles: [role],
    discriminator,
    networks: { feature: encoder, generator },
    generatorVariables: variablesOf(...(config.feature === 'learnt' ? ['feature'] : []), 'generator'),
    discriminatorVariables: variablesOf('discriminator'),
    feature,
    ...(from === 'A' ? { generateImage: generateOther } : { generateSound: generateOther }),
    parameterCounts() {
      const sizeOf = (network: string) => variablesOf(network).reduce((sum, { size }) => sum + size, 0);
      const counts = { feature: sizeOf('feature'), generator: sizeOf('generator'), discriminator: sizeOf('discriminator') };
      return { ...counts, total: counts.feature + counts.generator + counts.discriminator };
    },
    tensors: () => Object.fromEntries(named),
    dispose: () => [...generating, ...(shared ? [] : judging)].forEach((network) => network.dispose()),
  };
}

function trainableOf(named: ReadonlyMap<string, Variable>, networks: readonly string[]): Variable[] {
  const belongs = (name: string) => networks.some((network) => name.startsWith(`${network}.`));
  return [...named].filter(([name, { trainable }]) => trainable && belongs(name)).map(([, variable]) => variable);
}
