import { assertArgument } from '../assert-argument';
import { resolveFraming } from '../fourier/frame-plan';
import type { Framing, ResolvedFraming } from '../fourier/frame-plan';
import { createOverlapAdd } from '../fourier/overlap-add';
import { singlePassPhases } from './single-pass-phases';

export interface GriffinLimOptions extends Framing {
  /** Default 32. */
  iterations?: number;
  /** How far each step overshoots, in [0, 1); 0 is the original algorithm. Default 0.99. */
  momentum?: number;
  /** Seed of the first frame's phases. Default 0. */
  seed?: number;
  /** Samples to return. Default: what the frames span without padding. */
  length?: number;
}

/** Called with the estimate's spectrum of a frame; may move that frame's target `power` [bins], the squares of the magnitudes. */
export type PowerUpdate = (frame: number, iteration: number, re: Float64Array, im: Float64Array, power: Float64Array) => void;

/**
 * Waveform whose spectrogram has the given magnitudes as nearly as it finds: Griffin-Lim with momentum (Perraudin, Balazs &
 * Søndergaard 2013) from single-pass phases instead of random ones. Same seed, same waveform.
 *
 * @param magnitude Float32Array [frames, bins], at least 0, bins = fftSize / 2 + 1
 * @returns Float32Array [length]
 */
export function griffinLim(magnitude: Float32Array, options: GriffinLimOptions = {}): Float32Array {
  const framing = resolveFraming(options, 'griffinLim');
  const binCount = framing.fftSize / 2 + 1;
  const whole = magnitude.length > 0 && magnitude.length % binCount === 0;
  assertArgument(whole, 'griffinLim', `magnitude must hold frames of ${binCount} bins`, magnitude.length);
  const bad = magnitude.findIndex((value) => !(value >= 0 && value < Infinity));
  assertArgument(bad < 0, 'griffinLim', `magnitude must be finite and at least 0 at index ${bad}`, magnitude[bad]);
  assertIterations(options, 'griffinLim');
  return findWaveform(
    Float64Array.from(magnitude, (value) => value * value),
    framing,
    options,
  );
}

/** Refuses iterations, momentum, seed and length that make no sense. */
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

/** `griffinLim` on checked arguments, power [T, bins] instead of magnitudes; `update` may move `power`. */
export function findWaveform(
  power: Float64Array,
  framing: ResolvedFraming,
  { iterations = 32, momentum = 0.99, seed = 0, length }: GriffinLimOptions,
  update?: PowerUpdate,
): Float32Array {
  const binCount = framing.fftSize / 2 + 1;
  const frameCount = power.length / binCount;
  const output = new Float32Array(length ?? (frameCount - 1) * framing.hopSize + (framing.center ? 0 : framing.fftSize));
  const { plan, add, finish } = createOverlapAdd(framing, frameCount, output.length);
  const { re, im } = plan.fft;
  const magnitude = new Float64Array(power.length);
  for (let i = 0; i < power.length; i++) magnitude[i] = Math.sqrt(power[i]!);
  const phases = singlePassPhases(magnitude, binCount, framing.hopSize, seed); // [T, bins]
  for (let frame = 0, i = 0; frame < frameCount; frame++) {
    for (let bin = 0; bin < binCount; bin++, i++) {
      re[bin] = phases.re[i]! * magnitude[i]!;
      im[bin] = phases.im[i]! * magnitude[i]!;
    }
    add(frame);
  }
  finish(output);
  const lastRe = phases.re.fill(0); // the estimate's spectrum one iteration ago, [T, bins]
  const lastIm = phases.im.fill(0);
  const pull = momentum / (1 + momentum);
  for (let iteration = 0; iteration < iterations; iteration++) {
    for (let frame = 0, i = 0; frame < frameCount; frame++) {
      plan.analyse(output, frame);
      update?.(frame, iteration, re, im, power.subarray(i, i + binCount));
      for (let bin = 0; bin < binCount; bin++, i++) {
        const a = re[bin]! - pull * lastRe[i]!;
        const b = im[bin]! - pull * lastIm[i]!;
        lastRe[i] = re[bin]!;
        lastIm[i] = im[bin]!;
        const scale = Math.sqrt(power[i]! / (a * a + b * b + 1e-32));
        re[bin] = a * scale;
        im[bin] = b * scale;
      }
      add(frame);
    }
    finish(output);
  }
  return output;
}
