import { assertArgument, assertFiniteSamples } from '../assert-argument';
import { countFrames, createFramePlan, resolveFraming } from '../fourier/frame-plan';
import type { Framing, ResolvedFraming } from '../fourier/frame-plan';
import { filterArrays, prepareFilters } from './filter-products';
import { sparseMelFilterbank } from './mel-filterbank';
import type { MelOptions } from './mel-filterbank';

export interface MelSpectrumOptions extends Framing, Omit<MelOptions, 'fftSize'> {}

/** A mel spectrum: data [melCount, frameCount], row 0 = lowest mel. Whether power or dB is said where one is returned. */
export interface MelSpectrum {
  data: Float32Array;
  melCount: number;
  frameCount: number;
}

/** Framing, transform and filters of one parameter set; computing a spectrum with it allocates the result only. */
export interface MelPlan {
  readonly framing: ResolvedFraming;
  readonly melCount: number;
  /**
   * Writes the mel power of frame `frame` of `samples` into column `column` of data [melCount, columnCount].
   * @returns whether the frame's samples are numbers
   */
  frameInto(samples: Float32Array, frame: number, data: Float32Array, column: number, columnCount: number): boolean;
}

/** A plan for `melSpectrum`s of one parameter set. Errors are named after `where`. */
export function createMelPlan(options: MelSpectrumOptions, where: string): MelPlan {
  const framing = resolveFraming(options, where);
  const filterbank = sparseMelFilterbank({ ...options, fftSize: framing.fftSize }, where);
  const plan = createFramePlan(framing, filterArrays(filterbank), where);
  prepareFilters(plan, filterbank);
  const { analyse, module } = plan;
  const { bins, mels } = plan.arrays;
  const { melCount } = filterbank;

  function frameInto(samples: Float32Array, frame: number, data: Float32Array, column: number, columnCount: number): boolean {
    analyse(samples, frame);
    module.power(bins.byteOffset, 0);
    module.toMels(bins.byteOffset, mels.byteOffset);
    for (let mel = 0; mel < melCount; mel++) data[mel * columnCount + column] = mels[mel]!;
    return Number.isFinite(bins[0]); // a sample that is no number spoils every bin
  }
  return { framing, melCount, frameInto };
}

let lastPlan: { key: string; plan: MelPlan } | undefined;

/** The plan of these options, kept from the last call when they are the same: spectra of many clips share one. */
export function reuseMelPlan(options: MelSpectrumOptions, where: string): MelPlan {
  const { fftSize, hopSize, windowSize, center, sampleRateHz, melCount, lowestHz, highestHz, scale, norm } = options;
  const key = [fftSize, hopSize, windowSize, center, sampleRateHz, melCount, lowestHz, highestHz, scale, norm].join();
  if (lastPlan?.key !== key) lastPlan = { key, plan: createMelPlan(options, where) };
  return lastPlan.plan;
}

/**
 * Mel power spectrum of a waveform, as `librosa.feature.melspectrogram` with power 2 and zero padding.
 *
 * @param samples Mono waveform [samples], at least one; finite.
 * @returns power, data [melCount, frameCount]
 */
export function melSpectrum(samples: Float32Array, options: MelSpectrumOptions): MelSpectrum {
  return melSpectrumOf(samples, reuseMelPlan(options, 'melSpectrum'), 'melSpectrum');
}

/** `melSpectrum` with a plan at hand. */
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
