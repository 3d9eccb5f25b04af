import { tensor4d } from '@tensorflow/tfjs-core';
import type { Generated, GeneratedRole } from '@cmcgan/model';

/** Where the latents z come from: independent draws of N(0, 1). @cmcgan/sub-urmp's `createRandom` fits. */
export interface NormalSource {
  normal(): number;
}

/** A fresh z [batchSize, 1, 1, latentSize] for each decoder pass, in the order of `roles`; none without latent. The caller owns them. */
export function drawLatents(
  roles: readonly GeneratedRole[],
  shape: { batchSize: number; latentSize: number },
  random: NormalSource,
): Generated {
  const { batchSize, latentSize } = shape;
  if (latentSize === 0) return {};
  const draw = () =>
    tensor4d(
      Float32Array.from({ length: batchSize * latentSize }, () => random.normal()),
      [batchSize, 1, 1, latentSize],
    );
  return Object.fromEntries(roles.map((role) => [role, draw()]));
}
