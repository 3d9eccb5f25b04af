import { assertArgument, assertInteger } from '../../assert-argument';
import { resolveFraming } from '../../fourier/frame-plan';
import type { WindowFunction } from '../../fourier/window';
import type { LogMelPreset } from '../log-mel-spectrum';
import { assertRange, triangles } from '../mel-filterbank';
import { hzToMel } from '../mel-scale';
import type { MelSpectrum } from '../mel-spectrum';

/** How the filterbanks of the speech toolkits differ. */
interface Convention {
  name: string;
  melCount: number;
  lowestHz: number;
  /** The value of a symmetric window at a phase, 0 … 2π. */
  windowAt: (phase: number) => number;
  /** Whether the mean of each frame is subtracted. */
  removesMean: boolean;
  magnitudes: boolean;
  /** Lower mels are raised to this before the logarithm. */
  least: number;
}

const FRAME_SECONDS = 0.025;
const HOP_SECONDS = 0.01;
const PRE_EMPHASIS = 0.97;
/** The toolkits read 16-bit samples as integers. */
const FULL_SCALE = 32_768;

/**
 * Kaldi's `compute-fbank-feats` with its defaults, except for the dither: 25 ms frames within the signal every 10 ms, without their mean,
 * pre-emphasised by 0.97, with a Povey window; natural logarithm of the power in 23 mels from 20 Hz on. Needs `sampleRateHz`; leaves
 * `melCount`, `lowestHz` and `highestHz` open.
 */
export const kaldiPreset: LogMelPreset = (options, where) => stagesOf(KALDI, options, where);

const KALDI: Convention = {
  name: 'kaldiPreset',
  melCount: 23,
  lowestHz: 20,
  windowAt: (phase) => (0.5 - 0.5 * Math.cos(phase)) ** 0.85,
  removesMean: true,
  magnitudes: false,
  least: 1.1920928955078125e-7, // 2⁻²³
};

/**
 * The HTK book's FBANK: 25 ms frames within the signal every 10 ms, pre-emphasised by 0.97, with a Hamming window; natural logarithm
 * of the magnitudes, at least 1, in 26 mels. Needs `sampleRateHz`; leaves `melCount`, `lowestHz` and `highestHz` open.
 */
export const htkPreset: LogMelPreset = (options, where) => stagesOf(HTK, options, where);

const HTK: Convention = {
  name: 'htkPreset',
  melCount: 26,
  lowestHz: 0,
  windowAt: (phase) => 0.54 - 0.46 * Math.cos(phase),
  removesMean: false,
  magnitudes: true,
  least: 1,
};

type Options = Parameters<LogMelPreset>[0];

function stagesOf(convention: Convention, options: Options, where: string): ReturnType<LogMelPreset> {
  const { sampleRateHz, melCount, lowestHz, highestHz } = resolved(convention, options, where);
  const windowSize = Math.floor(sampleRateHz * FRAME_SECONDS);
  const fftSize = 2 ** Math.ceil(Math.log2(windowSize));
  const hopSize = Math.floor(sampleRateHz * HOP_SECONDS);
  const window: WindowFunction = (size) =>
    Float64Array.from({ length: size }, (_, n) => convention.windowAt((2 * Math.PI * n) / (size - 1)));
  const lead = (fftSize - windowSize) >> 1; // zeros of the window, on both sides of a frame that lies within the signal
  const placeOf = (bin: number) => hzToMel((bin * sampleRateHz) / fftSize, 'htk');
  const [lowestMel, highestMel] = [hzToMel(lowestHz, 'htk'), hzToMel(highestHz, 'htk')];
  const corners = Float64Array.from(
    { length: melCount + 2 },
    (_, i) => lowestMel + (i * (highestMel - lowestMel)) / (melCount + 1),
  );
  return {
    framing: { ...resolveFraming({ fftSize, hopSize, windowSize, window, center: false }, where), lead },
    prepareFrame: (frame) => emphasise(frame.subarray(lead, lead + windowSize), convention.removesMean),
    filterbank: triangles({ corners, binCount: fftSize / 2 + 1, placeOf, gainOf: () => 1 }),
    magnitudes: convention.magnitudes,
    finish: (spectrum) => naturalLogarithms(spectrum, convention),
  };
}

function resolved({ name, ...defaults }: Convention, options: Options, where: string) {
  const { sampleRateHz = NaN, melCount = defaults.melCount, lowestHz = defaults.lowestHz, ...rest } = options;
  const { highestHz = sampleRateHz / 2, ...others } = rest;
  const [foreign] = Object.keys(others);
  const rule = `${name} must only be combined with sampleRateHz, melCount, lowestHz and highestHz`;
  assertArgument(foreign === undefined, where, rule, foreign);
  assertArgument(sampleRateHz >= 1000 && sampleRateHz < Infinity, where, 'sampleRateHz must be at least 1000', sampleRateHz);
  assertInteger({ melCount }, where, 1);
  assertRange({ sampleRateHz, lowestHz, highestHz }, where);
  return { sampleRateHz, melCount, lowestHz, highestHz };
}

/** Subtracts the mean if `removesMean`, then pre-emphasises, in place. */
function emphasise(frame: Float32Array, removesMean: boolean): void {
  const mean = removesMean ? frame.reduce((sum, value) => sum + value, 0) / frame.length : 0;
  for (let n = frame.length - 1; n >= 0; n--) {
    frame[n] = FULL_SCALE * (frame[n]! - mean - PRE_EMPHASIS * (frame[Math.max(n - 1, 0)]! - mean));
  }
}

function naturalLogarithms(spectrum: MelSpectrum, { least }: Convention): MelSpectrum {
  const { data } = spectrum;
  for (let i = 0; i < data.length; i++) data[i] = Math.log(Math.max(data[i]!, least));
  return spectrum;
}
