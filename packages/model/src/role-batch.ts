import { concat, slice, split, tidy, tile } from '@tensorflow/tfjs-core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { GeneratedRole, GeneratorRole } from './paths';

/** Samples (or their codes) of several roles in one batch: equal blocks, in the order of the roles. */
export type RoleBatch<R extends GeneratorRole = GeneratorRole> = {
  roles: R[];
  /** [roles · B, H, W, C]. */
  values: Tensor4D;
};

/** Generated samples by role. */
export type Generated = Partial<Record<GeneratedRole, Tensor4D>>;

/**
 * The samples of these roles in one batch, differentiable: that of a batch itself if it holds the same roles in that order, else a new
 * tensor of the caller's. A sound's codes, if joined with the wider ones of images, are repeated over their columns.
 *
 * @param argument name of the batches in the error message
 * @throws if a role is in none of the batches
 */
export function takeRoles<R extends GeneratorRole>(
  batches: readonly RoleBatch<R>[],
  roles: readonly R[],
  argument = 'takeRoles: batches',
): Tensor4D {
  return tidy(() => {
    const blocks: Tensor4D[] = [];
    for (let at = 0; at < roles.length;) {
      const whole = batches.find((batch) => batch.roles.every((role, i) => role === roles[at + i]));
      blocks.push(whole?.values ?? blockOf(batches, roles[at], argument));
      at += whole?.roles.length ?? 1;
    }
    return blocks.length === 1 ? blocks[0] : concat(withEqualWidths(blocks));
  });
}

function blockOf<R extends GeneratorRole>(batches: readonly RoleBatch<R>[], role: R, argument: string): Tensor4D {
  const found = batches.find(({ roles }) => roles.includes(role));
  if (found === undefined) {
    throw new Error(`${argument} must hold ${role}, got ${batches.flatMap(({ roles }) => roles).join(', ') || 'none'}`);
  }
  const size = found.values.shape[0] / found.roles.length;
  return slice(found.values, found.roles.indexOf(role) * size, size);
}

function withEqualWidths(blocks: readonly Tensor4D[]): Tensor4D[] {
  const width = Math.max(...blocks.map(({ shape }) => shape[2]));
  return blocks.map((block) => (block.shape[2] === width ? block : tile(block, [1, 1, width / block.shape[2], 1])));
}

/** Tensors by role as batches of one role each. */
export function batchesOf<R extends GeneratorRole>(byRole: Partial<Record<R, Tensor4D>>): RoleBatch<R>[] {
  const entries = Object.entries(byRole) as [R, Tensor4D | undefined][];
  return entries.flatMap(([role, values]) => (values === undefined ? [] : [{ roles: [role], values }]));
}

/** The samples of batches by role. A batch of several roles is split; the caller owns the parts. */
export function samplesByRole(batches: readonly RoleBatch<GeneratedRole>[]): Generated {
  const entries = batches.flatMap(({ roles, values }) => {
    const blocks = roles.length === 1 ? [values] : split(values, roles.length);
    return roles.map((role, i) => [role, blocks[i]]);
  });
  return Object.fromEntries(entries) as Generated;
}
