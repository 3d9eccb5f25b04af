import { assertArgument } from '../assert-argument';
import type { OptionNames } from '../assert-options';
import { framingNames } from '../fourier/frame-plan';
import type { Framing } from '../fourier/frame-plan';

/** How to find a waveform for magnitudes. */
export interface GriffinLimOptions extends Framing {
  /** Default 32. */
  iterations?: number;
  /** How far each step overshoots, in [0, 1); 0 is the original algorithm. Default 0.99. */
  momentum?: number;
  /** Seed of the first frame's phases. Default 0. */
  seed?: number;
  /** Samples to return. Default: the span of the frames without padding. */
  length?: number;
}

/** Other names for these options, for the error message on an unknown one. */
export const griffinLimNames = (): OptionNames<GriffinLimOptions> => ({
  ...framingNames(),
  iterations: 'niter numiters',
  momentum: '',
  seed: 'randomstate',
  length: '',
});

/** Throws if iterations, momentum, seed or length is out of range. */
export function assertIterations(
  { iterations = 32, momentum = 0.99, seed = 0, length = 0 }: GriffinLimOptions,
  where: string,
): void {
  const counts = Number.isInteger(iterations) && iterations >= 0;
  assertArgument(counts, where, 'iterations must be an integer of at least 0', iterations);
  assertArgument(momentum >= 0 && momentum < 1, where, 'momentum must lie in [0, 1)', momentum);
  assertArgument(Number.isInteger(seed), where, 'seed must be an integer', seed);
  assertArgument(Number.isInteger(length) && length >= 0, where, 'length must be an integer of at least 0', length);
}
