import { assertArgument, assertFiniteSamples } from '../assert-argument';
import { RATE_ELSEWHERE, type OptionNames } from '../assert-options';
import { countFrames, createFramePlan, framingNames, resolveFraming, type FramePlan, type Framing } from '../fourier/frame-plan';
import { openFeaturesModule } from '../wasm/features-module';
import { createSpectralShape, shapeArrays, type SpectralShape } from './spectral-shape';

/** How a spectral feature cuts a signal into frames, and the signal's rate. */
export interface SpectralOptions extends Framing {
  sampleRateHz: number;
}

export const spectralNames = (): OptionNames<SpectralOptions> => ({ sampleRateHz: RATE_ELSEWHERE, ...framingNames() });

/** One frame of a signal, as passed to features; overwritten by the next. */
export interface Frame {
  /** Before the window, [fftSize]. */
  samples: Float32Array;
  /** |X|² of the windowed samples, [bins]. */
  power: Float64Array;
  /** |X|, [bins]; computed on first use. */
  readonly magnitude: Float64Array;
  readonly shape: SpectralShape;
  /** Distance between neighbouring bins. */
  hzPerBin: number;
}

/** Computes `size` values of each frame. May depend on earlier frames, so an instance serves one signal only. */
export interface Feature {
  size: number;
  measure(frame: Frame, into: Float64Array): void;
}

/** A feature with one value per frame. */
export const scalar = (valueOf: (frame: Frame) => number): Feature => ({
  size: 1,
  measure: (frame, into) => void (into[0] = valueOf(frame)),
});

/** Values of all frames, [size, frameCount]. */
export interface Measured {
  data: Float32Array;
  frameCount: number;
}

/** Throws unless the rate is a positive number. */
export function assertRate(sampleRateHz: number, where: string): void {
  assertArgument(sampleRateHz > 0 && Number.isFinite(sampleRateHz), where, 'sampleRateHz must be positive', sampleRateHz);
}

/** Frames of spectra that share one transform. */
export interface Spectra {
  plan: FramePlan<ReturnType<typeof shapeArrays>>;
  /** Transforms a frame of `samples`. */
  frameOf(samples: Float32Array, index: number): Frame;
}

export function createSpectra({ sampleRateHz, ...framing }: SpectralOptions, where: string): Spectra {
  assertRate(sampleRateHz, where);
  const resolved = resolveFraming(framing, where);
  const { fftSize } = resolved;
  const bins = (fftSize >> 1) + 1;
  const plan = createFramePlan(resolved, shapeArrays(bins), where);
  const { frame: samples } = plan.arrays;
  const power = plan.arrays.power.subarray(0, bins);
  const magnitude = new Float64Array(bins);
  let isRooted = false;
  const rooted = () => {
    if (!isRooted) for (let bin = 0; bin < bins; bin++) magnitude[bin] = Math.sqrt(power[bin]!);
    isRooted = true;
    return magnitude;
  };
  const frame: Frame = {
    samples,
    power,
    shape: createSpectralShape(openFeaturesModule(plan.memory), plan.arrays, rooted),
    hzPerBin: sampleRateHz / fftSize,
    get magnitude() {
      return rooted();
    },
  };
  return {
    plan,
    frameOf(signal, index) {
      plan.take(signal, index);
      plan.module.powerOf(samples.byteOffset, power.byteOffset);
      isRooted = false;
      return frame;
    },
  };
}

let last: { options: SpectralOptions; spectra: Spectra } | undefined;

/** The spectra of these options, cached from the last call if they are the same; not with an array as window, whose values may have changed. */
export function reuseSpectra(options: SpectralOptions, where: string): Spectra {
  const kept = last?.options;
  const names = Object.keys(spectralNames()) as (keyof SpectralOptions)[];
  const same = kept && names.every((name) => options[name] === kept[name]) && !ArrayBuffer.isView(options.window);
  if (!last || !same) last = { options: { ...options }, spectra: createSpectra(options, where) };
  return last.spectra;
}

/** Measures every frame of a signal. Errors are named after `where`. */
export function measureSpectra(samples: Float32Array, options: SpectralOptions, feature: Feature, where: string): Measured {
  assertArgument(samples.length > 0, where, 'samples must not be empty', samples.length);
  const { plan, frameOf } = reuseSpectra(options, where);
  const frameCount = countFrames(samples.length, plan.framing);
  const { size } = feature;
  const values = new Float64Array(size);
  const data = new Float32Array(size * frameCount); // [size, T]
  for (let index = 0; index < frameCount; index++) {
    const frame = frameOf(samples, index);
    if (!Number.isFinite(frame.power[0])) assertFiniteSamples(samples, where); // one non-finite sample spoils every bin
    feature.measure(frame, values);
    for (let row = 0; row < size; row++) data[row * frameCount + index] = values[row]!;
  }
  return { data, frameCount };
}
