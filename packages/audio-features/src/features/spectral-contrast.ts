import { assertArgument } from '../assert-argument';
import { assertOptions, type OptionNames } from '../assert-options';
import { powerToDecibels } from '../mel/decibels';
import { roundToEven } from './round-to-even';
import { measureSpectra, reuseSpectra, spectralNames, type Feature, type SpectralOptions } from './spectral-frames';

export interface SpectralContrastOptions extends SpectralOptions {
  /** Octaves above `lowestHz`, the last of which extends to half the rate. Default 6. */
  octaveCount?: number;
  /** Where the octaves begin; below it there is one more band. Default 200. */
  lowestHz?: number;
  /** Share of a band's bins that are averaged for its peak and for its valley; at least one bin. Default 0.02. */
  quantile?: number;
  /** Difference of magnitudes instead of dB. Default false. */
  linear?: boolean;
  /** Peaks further below the loudest peak are raised to this distance, and valleys likewise. Default 80, as in librosa. */
  topDb?: number;
}

const names = (): OptionNames<SpectralContrastOptions> => ({
  ...spectralNames(),
  octaveCount: 'nbands',
  lowestHz: 'fmin lowfreq',
  quantile: '',
  linear: '',
  topDb: '',
});

/** data [bandCount, frameCount], the lowest band first. */
export interface SpectralContrast {
  data: Float32Array;
  bandCount: number;
  frameCount: number;
}

/**
 * How far the peaks of each band of a frame's magnitudes stand out from its valleys (Jiang et al. 2002), as
 * `librosa.feature.spectral_contrast`.
 *
 * @param samples Mono waveform [samples], at least one; finite.
 * @returns dB, or magnitudes if `linear`; data [octaveCount + 1, frameCount]
 */
export function spectralContrast(samples: Float32Array, options: SpectralContrastOptions): SpectralContrast {
  const where = 'spectralContrast';
  assertOptions(options, names(), where);
  const { octaveCount, lowestHz, quantile, linear = false, topDb = 80, ...others } = options;
  assertArgument(typeof linear === 'boolean', where, 'linear must be true or false', linear);
  assertArgument(topDb >= 0, where, 'topDb must be at least 0', topDb);
  const { sampleRateHz } = options;
  const { fftSize } = reuseSpectra(others, where).plan.framing;
  const feature = peaksAndValleys({ octaveCount, lowestHz, quantile, sampleRateHz, fftSize }, where);
  const { data, frameCount } = measureSpectra(samples, others, feature, where); // [2·bands, T]
  const peaks = data.slice(0, data.length / 2);
  const valleys = data.subarray(data.length / 2);
  if (!linear) for (const values of [peaks, valleys]) powerToDecibels(values, { topDb });
  for (let i = 0; i < peaks.length; i++) peaks[i]! -= valleys[i]!;
  return { data: peaks, bandCount: feature.size / 2, frameCount };
}

interface Bands extends Pick<SpectralContrastOptions, 'octaveCount' | 'lowestHz' | 'quantile'> {
  sampleRateHz: number;
  fftSize: number;
}

/** The peaks of all bands, followed by the valleys, as magnitudes. */
export function peaksAndValleys(bands: Bands, where: string): Feature {
  const { octaveCount = 6, lowestHz = 200, quantile = 0.02, sampleRateHz, fftSize } = bands;
  assertArgument(Number.isInteger(octaveCount) && octaveCount > 0, where, 'octaveCount must be a positive integer', octaveCount);
  assertArgument(quantile > 0 && quantile < 1, where, 'quantile must lie between 0 and 1', quantile);
  const highest = lowestHz * 2 ** (octaveCount - 1);
  const rule = `lowestHz · 2^(octaveCount − 1) must lie in 0..${sampleRateHz / 2}`;
  assertArgument(lowestHz > 0 && highest < sampleRateHz / 2, where, rule, highest);
  const binCount = (fftSize >> 1) + 1;
  const binAt = (hz: number) => (hz * fftSize) / sampleRateHz;
  const ranges = Array.from({ length: octaveCount + 1 }, (_, band) => {
    const isLast = band === octaveCount;
    const first = band === 0 ? 0 : Math.ceil(binAt(lowestHz * 2 ** (band - 1))) - 1;
    const end = isLast ? binCount : Math.min(binCount, Math.floor(binAt(lowestHz * 2 ** band)) + 1);
    const room = end - first > 1;
    assertArgument(room, where, `fftSize must leave each octave from ${lowestHz} Hz on a bin`, fftSize);
    // librosa counts the bin that it then assigns to the next band.
    return { first, end: isLast ? end : end - 1, share: Math.max(1, roundToEven(quantile * (end - first))) };
  });
  const flat = Int32Array.from(ranges.flatMap(({ first, end, share }) => [first, end - first, Math.min(share, end - first)]));
  return { size: 2 * ranges.length, measure: ({ shape }, into) => shape.extremes(flat, into) };
}
