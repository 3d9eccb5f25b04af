import { tidy } from '@tensorflow/tfjs-core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Modality } from './architecture';
import type { ApplyArguments } from './layers/apply-arguments';
import { applyNetwork } from './networks/network';
import { modalityOf, sourceOf } from './paths';
import type { GeneratedRole, GeneratorRole } from './paths';

/** The four networks that all subnetworks (V→A, A→V, A→A, V→V) and paths share. */
export interface GeneratorNetworks {
  encoders: Record<Modality, LayersModel>;
  decoders: Record<Modality, LayersModel>;
}

/** Generated samples by role. */
export type Generated = Partial<Record<GeneratedRole, Tensor4D>>;

export interface GenerateOptions extends Omit<ApplyArguments, 'role'> {
  /** Real samples: images [B, 128, 128, 3] and sounds [B, 128, 32, 1]; only those that the roles start from. */
  samples: Partial<Record<Modality, Tensor4D>>;
  /** z [B, 1, 1, latentSize] of each decoder pass; none without latent. */
  latents: Generated;
  /** The roles to generate. Intermediate samples that several of them need are computed once. */
  roles: readonly GeneratedRole[];
}

/**
 * Generates samples along their paths: the sample of role 'VVA' is DecoderA's output for EncoderV's code of the sample 'VV', which is
 * DecoderV's output for the code of the real image 'V'. Shared beginnings are computed once, so EncoderV(x) serves V→A and V→V. The caller
 * owns the result: the samples of the given roles and those on the way to them.
 */
export function generate({ encoders, decoders }: GeneratorNetworks, options: GenerateOptions): Generated {
  const { samples, latents, roles, ...pass } = options;
  const generated = new Map<GeneratorRole, Tensor4D>();
  const codes = new Map<GeneratorRole, Tensor4D>();
  const memoised = (known: Map<GeneratorRole, Tensor4D>, role: GeneratorRole, compute: () => Tensor4D): Tensor4D => {
    const tensor = known.get(role) ?? compute();
    known.set(role, tensor);
    return tensor;
  };
  const codeOf = (role: GeneratorRole): Tensor4D =>
    memoised(codes, role, () => {
      const sample = role.length === 1 ? samples[role as Modality] : sampleOf(role as GeneratedRole);
      if (sample === undefined) throw new Error(`generate: samples must hold ${role}, where a path begins, got none`);
      return applyNetwork(encoders[modalityOf(role)], sample, { ...pass, role });
    });
  const sampleOf = (role: GeneratedRole): Tensor4D =>
    memoised(generated, role, () => {
      const [code, latent] = [codeOf(sourceOf(role)), latents[role]];
      return applyNetwork(decoders[modalityOf(role)], latent === undefined ? code : [code, latent], { ...pass, role });
    });
  return tidy(() => {
    roles.forEach(sampleOf);
    return Object.fromEntries(generated) as Generated;
  });
}
