import { seededNormal } from '@cmcgan/random';
import { tensor, type Variable } from '@tensorflow/tfjs-core';

/**
 * Gives every variable values that leave nothing trivial: gains, offsets and moving averages differ between channels and roles, and
 * samples keep a scale at which activations bend.
 */
export function randomiseWeights(tensors: Readonly<Record<string, Variable>>, seed: number): void {
  for (const [name, variable] of Object.entries(tensors)) {
    const normals = seededNormal(seed, name, variable.size, 1);
    const weight = name.split('.').find((part) => part.startsWith('moving')) ?? name.split('.').pop()!;
    const fanIn = variable.size / variable.shape[variable.rank - 1];
    const values = normals.map(VALUES[weight] ?? ((normal) => normal * Math.sqrt(2 / fanIn)));
    const drawn = tensor(values, variable.shape);
    variable.assign(drawn);
    drawn.dispose();
  }
}

const VALUES: Readonly<Record<string, (normal: number) => number>> = {
  gamma: (normal) => 1 + 0.3 * normal,
  beta: (normal) => 0.3 * normal,
  bias: (normal) => 0.3 * normal,
  movingMean: (normal) => 0.3 * normal,
  movingVariance: (normal) => 0.2 + 0.3 * normal * normal,
};
