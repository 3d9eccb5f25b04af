import { variableOf, type Block, type Role } from '@cmcgan/model';
import type { Variable } from '@tensorflow/tfjs-core';

/** Name of the moving averages that a role selects in a block with batch normalisation: `.VA`, or '' for a single pair. */
export function averagesOf({ settings: { roles } }: Block, role: Role | undefined): string {
  return roles ? `.${role ?? roles[0]}` : '';
}

/** Gain, offset, mean and variance of a block's batch normalisation for a role. */
export function normalisationOf(block: Block, role: Role | undefined): readonly string[] {
  const suffix = averagesOf(block, role);
  return ['gamma', 'beta', `movingMean${suffix}`, `movingVariance${suffix}`];
}

/** A weight of a block. @throws if the block has no weight of that name, as with a role that it does not know */
export function weightOf(block: Block, name: string): Variable {
  const weight = block.named.get(name);
  if (weight !== undefined) return variableOf(weight);
  throw new Error(`export: ${block.name} must have the weight ${name}, it has ${[...block.named.keys()].join(', ')}`);
}
