import { seededUniform } from './seeded-uniform';

/**
 * `size` independent draws of N(0, standardDeviation²), the same for the same seed and name on every platform. Faster than
 * `Random.normal`, for the millions of weights of a network. Because of the name, the weights of a layer do not depend on which layers
 * were created before it.
 */
export function seededNormal(seed: number, name: string, size: number, standardDeviation: number): Float32Array {
  const uniform = seededUniform(seed, name);
  const values = new Float32Array(size);
  for (let i = 0; i < size; i += 2) {
    // Box-Muller: two uniform draws give two normal ones. 1 - u is in (0, 1], where the logarithm is finite.
    const radius = standardDeviation * Math.sqrt(-2 * Math.log(1 - uniform()));
    const angle = 2 * Math.PI * uniform();
    values[i] = radius * Math.cos(angle);
    if (i + 1 < size) values[i + 1] = radius * Math.sin(angle);
  }
  return values;
}
