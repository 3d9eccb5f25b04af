import { assertArgument, assertFiniteSamples } from '../assert-argument';
import { assertOptions, RATE_ELSEWHERE, type OptionNames } from '../assert-options';
import { countFrames, createFramePlan, framingNames, resolveFraming } from '../fourier/frame-plan';
import type { Framing, ResolvedFraming } from '../fourier/frame-plan';
import { filterArrays, prepareFilters } from './filter-products';
import { filterNames, sparseMelFilterbank } from './mel-filterbank';
import type { MelOptions, SparseFilterbank } from './mel-filterbank';

export interface MelSpectrumOptions extends Framing, Omit<MelOptions, 'fftSize'> {}

export const melSpectrumNames = (): OptionNames<MelSpectrumOptions> => ({
  sampleRateHz: RATE_ELSEWHERE,
  ...framingNames(),
  ...filterNames(),
});

const NAMES = /* @__PURE__ */ melSpectrumNames();

/** A mel spectrum: data [melCount, frameCount], row 0 = lowest mel; power or dB, as the function that returns it says. */
export interface MelSpectrum {
  data: Float32Array;
  melCount: number;
  frameCount: number;
}

/** Framing, transform and filters of one parameter set; computing a spectrum with it only allocates the result. */
export interface MelPlan {
  readonly framing: ResolvedFraming;
  readonly melCount: number;
  /**
   * Writes the mel power of frame `frame` of `samples` into column `column` of data [melCount, columnCount].
   * @returns whether the frame's samples are finite
   */
  frameInto(samples: Float32Array, frame: number, data: Float32Array, column: number, columnCount: number): boolean;
}

/** A plan for `melSpectrum`s of one parameter set. Errors are named after `where`. */
export function createMelPlan(options: MelSpectrumOptions, where: string): MelPlan {
  const framing = resolveFraming(options, where);
  return melPlanOf({ framing, filterbank: sparseMelFilterbank({ ...options, fftSize: framing.fftSize }, where) }, where);
}

/** The stages of a mel plan. */
export interface MelStages {
  framing: ResolvedFraming;
  /** Changes the samples of a frame [fftSize] in place, before the window. */
  prepareFrame?: (frame: Float32Array) => void;
  filterbank: SparseFilterbank;
  /** Whether the filters apply to magnitudes rather than power. */
  magnitudes?: boolean;
}

/** A plan with the given stages. */
export function melPlanOf({ framing, prepareFrame, filterbank, magnitudes }: MelStages, where: string): MelPlan {
  const plan = createFramePlan(framing, filterArrays(filterbank), where);
  prepareFilters(plan, filterbank);
  const { take, module } = plan;
  const { frame: held, bins, mels } = plan.arrays;
  const { melCount } = filterbank;

  function frameInto(samples: Float32Array, frame: number, data: Float32Array, column: number, columnCount: number): boolean {
    take(samples, frame);
    prepareFrame?.(held);
    module.powerOf(held.byteOffset, bins.byteOffset);
    if (magnitudes) for (let bin = 0; bin < bins.length; bin++) bins[bin] = Math.sqrt(bins[bin]!);
    module.toMels(bins.byteOffset, mels.byteOffset);
    for (let mel = 0; mel < melCount; mel++) data[mel * columnCount + column] = mels[mel]!;
    return Number.isFinite(bins[0]); // one non-finite sample spoils every bin
  }
  return { framing, melCount, frameInto };
}

let lastPlan: { options: MelSpectrumOptions; plan: MelPlan } | undefined;

/** The plan of these options, cached from the last call if they are the same, so that many clips share one. */
export function reuseMelPlan(options: MelSpectrumOptions, where: string): MelPlan {
  const last: Partial<MelSpectrumOptions> = lastPlan?.options ?? {};
  const names = Object.keys(NAMES) as (keyof MelSpectrumOptions)[];
  // The values of an array may have changed.
  const same = names.every((name) => options[name] === last[name]) && !ArrayBuffer.isView(options.window);
  if (!lastPlan || !same) lastPlan = { options: { ...options }, plan: createMelPlan(options, where) };
  return lastPlan.plan;
}

/**
 * Mel power spectrum of a waveform, as `librosa.feature.melspectrogram` with power 2.
 *
 * @param samples Mono waveform [samples], at least one; finite.
 * @returns power, data [melCount, frameCount]
 */
export function melSpectrum(samples: Float32Array, options: MelSpectrumOptions): MelSpectrum {
  assertOptions(options, NAMES, 'melSpectrum');
  return melSpectrumOf(samples, reuseMelPlan(options, 'melSpectrum'), 'melSpectrum');
}

/** `melSpectrum` with an existing plan. */
export function melSpectrumOf(samples: Float32Array, plan: MelPlan, where: string): MelSpectrum {
  assertArgument(samples.length > 0, where, 'samples must not be empty', samples.length);
  const { melCount, framing } = plan;
  const frameCount = countFrames(samples.length, framing);
  const data = new Float32Array(melCount * frameCount); // [M, T]
  for (let frame = 0; frame < frameCount; frame++) {
    if (!plan.frameInto(samples, frame, data, frame, frameCount)) assertFiniteSamples(samples, where);
  }
  return { data, melCount, frameCount };
}
