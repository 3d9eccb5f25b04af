import { assertArgument, assertFiniteSamples } from '../assert-argument';
import { assertOptions, type OptionNames } from '../assert-options';
import { countFrames } from '../fourier/frame-plan';
import { chromaFilterbank, type ChromaShape } from './chroma-filterbank';
import { measureSpectra, reuseSpectra, SPECTRAL_NAMES, type Feature, type SpectralOptions } from './spectral-frames';
import { createTuningEstimator } from './tuning-estimator';

export interface ChromaOptions extends SpectralOptions {
  /** Pitch classes in an octave. Default 12. */
  chromaCount?: number;
  /** Deviation from A = 440 Hz, in pitch classes, -0.5 … 0.5. Default: estimated from the whole signal, as librosa does. */
  tuning?: number;
  /** What each frame is divided by: its largest value (`max`, the default), its sum, its length, or nothing. */
  norm?: ChromaNorm;
}

export type ChromaNorm = 'max' | 'sum' | 'length' | 'none';

const names = (): OptionNames<ChromaOptions> => ({ ...SPECTRAL_NAMES, chromaCount: true, tuning: true, norm: true });
const NORMS: readonly ChromaNorm[] = ['max', 'sum', 'length', 'none'];

/** data [chromaCount, frameCount], C first. */
export interface Chroma {
  data: Float32Array;
  chromaCount: number;
  frameCount: number;
}

/**
 * Power of each pitch class, all octaves together, as `librosa.feature.chroma_stft`.
 *
 * @param samples Mono waveform [samples], at least one; finite.
 * @returns data [chromaCount, frameCount], 0 … 1 unless `norm` is `none`; silent frames are 0
 */
export function chroma(samples: Float32Array, options: ChromaOptions): Chroma {
  assertOptions(options, names(), 'chroma');
  const { chromaCount = 12, tuning: given, norm = 'max', ...spectral } = options;
  assertChroma({ chromaCount, tuning: given ?? 0, norm }, 'chroma');
  const tuning = given ?? estimateTuning(samples, spectral, chromaCount);
  const { sampleRateHz, fftSize = 2048 } = spectral;
  const feature = chromaFeature({ sampleRateHz, fftSize, chromaCount, tuning }, norm);
  return { ...measureSpectra(samples, spectral, feature, 'chroma'), chromaCount };
}

/** Throws for options that make no sense. */
export function assertChroma(
  { chromaCount, tuning, norm }: { chromaCount: number; tuning: number; norm: ChromaNorm },
  where: string,
) {
  assertArgument(Number.isInteger(chromaCount) && chromaCount > 0, where, 'chromaCount must be a positive integer', chromaCount);
  assertArgument(Math.abs(tuning) <= 0.5, where, 'tuning must lie in -0.5..0.5', tuning);
  assertArgument(NORMS.includes(norm), where, `norm must be ${NORMS.join(', ')}`, norm);
}

function estimateTuning(samples: Float32Array, options: SpectralOptions, chromaCount: number): number {
  assertArgument(samples.length > 0, 'chroma', 'samples must not be empty', samples.length);
  assertFiniteSamples(samples, 'chroma');
  const { plan, frameOf } = reuseSpectra(options, 'chroma');
  const { add, estimate } = createTuningEstimator(options.sampleRateHz);
  const frameCount = countFrames(samples.length, plan.framing);
  for (let frame = 0; frame < frameCount; frame++) add(frameOf(samples, frame));
  return estimate(chromaCount);
}

/** The pitch classes of a frame. */
export function chromaFeature(shape: ChromaShape, norm: ChromaNorm): Feature {
  const filters = chromaFilterbank(shape);
  const size = shape.chromaCount;
  return {
    size,
    measure({ power }, into) {
      for (let chroma = 0; chroma < size; chroma++) into[chroma] = product(filters, chroma * power.length, power);
      const divisor = normOf(into.subarray(0, size), norm);
      if (divisor > 0) for (let chroma = 0; chroma < size; chroma++) into[chroma]! /= divisor;
    },
  };
}

/** Σ filters[from + bin]·power[bin], in four sums that do not wait for each other. */
function product(filters: Float64Array, from: number, power: Float64Array): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  let bin = 0;
  for (; bin + 3 < power.length; bin += 4) {
    a += filters[from + bin]! * power[bin]!;
    b += filters[from + bin + 1]! * power[bin + 1]!;
    c += filters[from + bin + 2]! * power[bin + 2]!;
    d += filters[from + bin + 3]! * power[bin + 3]!;
  }
  for (; bin < power.length; bin++) a += filters[from + bin]! * power[bin]!;
  return a + b + c + d;
}

function normOf(values: Float64Array, norm: ChromaNorm): number {
  if (norm === 'max') return values.reduce((a, b) => Math.max(a, b), 0);
  if (norm === 'sum') return values.reduce((a, b) => a + b, 0);
  return norm === 'length' ? Math.hypot(...values) : 1;
}
