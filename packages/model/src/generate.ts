import { tidy } from '@tensorflow/tfjs-core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { withoutGradient } from '@cmcgan/tfjs-kernels';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Modality } from './architecture';
import type { ApplyArguments } from './layers/apply-arguments';
import { applyNetwork } from './networks/network';
import { modalityOf, sourceOf } from './paths';
import type { GeneratedRole, GeneratorRole } from './paths';
import { batchesOf, takeRoles } from './role-batch';
import type { Generated, RoleBatch } from './role-batch';

/** The four networks that all subnetworks (V→A, A→V, A→A, V→V) and paths share. */
export interface GeneratorNetworks {
  encoders: Record<Modality, LayersModel>;
  decoders: Record<Modality, LayersModel>;
}

export interface GenerateOptions extends Omit<ApplyArguments, 'role'> {
  /** Real samples: images [B, 128, 128, 3] and sounds [B, 128, 32, 1]; only those that the roles start from. */
  samples: Partial<Record<Modality, Tensor4D>>;
  /** z [B, 1, 1, latentSize] of each decoder pass; none without latent. */
  latents: Generated;
  /** The roles to generate. Intermediate samples that several of them need are computed once. */
  roles: readonly GeneratedRole[];
  /** 'cut': no gradient passes from the end of a path to the sample on its way. Default: 'whole'. */
  cycle?: 'whole' | 'cut';
  /** By what encoders normalise real samples. 'moving': their moving averages, even where all else is normalised by this batch. Default: `statistics`. */
  realStatistics?: ApplyArguments['statistics'];
}

/**
 * Generates samples along their paths: the sample of role 'VVA' is DecoderA's output for EncoderV's code of the sample 'VV', which is
 * DecoderV's output for the code of the real image 'V'. Samples that are equally far from the real ones and pass through the same network
 * do so in one batch. The caller owns the result: the samples of the given roles and those on the way to them.
 */
export function generateBatches(networks: GeneratorNetworks, options: GenerateOptions): RoleBatch<GeneratedRole>[] {
  const needed = sorted(options.roles.flatMap((role) => [sourceOf(role), role]));
  const [, first, second] = [1, 2, 3].map((length) => needed.filter((role) => role.length === length) as GeneratedRole[]);
  return tidy(() => {
    const intermediates = generateNext(networks, batchesOf(options.samples), { ...options, roles: first });
    const sources =
      options.cycle === 'cut'
        ? intermediates.map(({ roles, values }) => ({ roles, values: withoutGradient(values) }))
        : intermediates;
    return [...intermediates, ...generateNext(networks, sources, { ...options, roles: second })];
  });
}

/** Without repetitions, and in an order in which the roles of a batch stay together along their paths. */
const sorted = <R extends GeneratorRole>(roles: readonly R[]): R[] => [...new Set(roles)].sort();

/** Generates the samples of `roles`, each by one encoder and one decoder from the sample in `batches` that precedes it on its path. */
function generateNext(
  { encoders, decoders }: GeneratorNetworks,
  batches: readonly RoleBatch[],
  { samples: _samples, latents, roles, cycle: _cycle, realStatistics, ...pass }: GenerateOptions,
): RoleBatch<GeneratedRole>[] {
  const codes = byModality(sorted(roles.map(sourceOf))).map(({ modality, roles: sources }): RoleBatch => {
    const samples = takeRoles(batches, sources, 'generate: samples');
    const statistics = sources[0].length === 1 ? (realStatistics ?? pass.statistics) : pass.statistics;
    return { roles: sources, values: applyNetwork(encoders[modality], samples, { ...pass, statistics, role: sources }) };
  });
  const drawn = batchesOf(latents);
  return byModality(roles).map(({ modality, roles: own }) => {
    const sources = own.map(sourceOf);
    const code = takeRoles(codes, sources);
    codes.unshift({ roles: sources, values: code }); // both decoders start from the same codes
    const inputs = drawn.length === 0 ? code : [code, takeRoles(drawn, own, 'generate: latents')];
    return { roles: own, values: applyNetwork(decoders[modality], inputs, { ...pass, role: own }) };
  });
}

/** The roles of each modality, if there are any. */
function byModality<R extends GeneratorRole>(roles: readonly R[]): { modality: Modality; roles: R[] }[] {
  const groups = (['A', 'V'] as const).map((modality) => ({
    modality,
    roles: roles.filter((role) => modalityOf(role) === modality),
  }));
  return groups.filter((group) => group.roles.length > 0);
}
