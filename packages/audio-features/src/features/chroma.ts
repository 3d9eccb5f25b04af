import { assertArgument, assertFiniteSamples } from '../assert-argument';
import { assertOptions, type OptionNames } from '../assert-options';
import { countFrames } from '../fourier/frame-plan';
import { openFeaturesModule } from '../wasm/features-module';
import { float64, openMemory } from '../wasm/spectrum-memory';
import { chromaFilterbank, type ChromaShape } from './chroma-filterbank';
import { reuseSpectra, spectralNames, type Feature, type SpectralOptions } from './spectral-frames';
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

const names = (): OptionNames<ChromaOptions> => ({ ...spectralNames(), chromaCount: 'nchroma', tuning: '', norm: '' });
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
  const powers = powersOf(samples, spectral); // [T, bins]
  const { sampleRateHz, fftSize = 2048 } = spectral;
  const tuning = given ?? estimateTuning(powers, { sampleRateHz, fftSize, chromaCount });
  return chromaOfPowers(powers, { sampleRateHz, fftSize, chromaCount, tuning }, norm);
}

/** |X|² of every frame, [frameCount, binCount] */
interface Powers {
  data: Float64Array;
  frameCount: number;
  binCount: number;
}

/** Powers are kept between calls up to this size, 8 MiB: about ten seconds of sound. */
const MOST_KEPT = 1_048_576;
let keptPowers: Float64Array | undefined;

/** The powers of all frames, since the tuning is only known once all have been seen. Valid until the next call. */
function powersOf(samples: Float32Array, options: SpectralOptions): Powers {
  assertArgument(samples.length > 0, 'chroma', 'samples must not be empty', samples.length);
  const { plan, frameOf } = reuseSpectra(options, 'chroma');
  const binCount = (plan.framing.fftSize >> 1) + 1;
  const frameCount = countFrames(samples.length, plan.framing);
  const size = frameCount * binCount;
  const data = keptPowers && size <= keptPowers.length ? keptPowers : new Float64Array(size); // [T, bins]
  if (size <= MOST_KEPT) keptPowers = data;
  for (let frame = 0; frame < frameCount; frame++) {
    const { power } = frameOf(samples, frame);
    if (!Number.isFinite(power[0])) assertFiniteSamples(samples, 'chroma'); // one non-finite sample spoils every bin
    data.set(power, frame * binCount);
  }
  return { data, frameCount, binCount };
}

function estimateTuning({ data, frameCount, binCount }: Powers, shape: Omit<ChromaShape, 'tuning'>): number {
  const { sampleRateHz, fftSize, chromaCount } = shape;
  const { add, estimate } = createTuningEstimator(sampleRateHz);
  for (let frame = 0; frame < frameCount; frame++) {
    add({ power: data.subarray(frame * binCount, (frame + 1) * binCount), hzPerBin: sampleRateHz / fftSize });
  }
  return estimate(chromaCount);
}

function chromaOfPowers({ data, frameCount, binCount }: Powers, shape: ChromaShape, norm: ChromaNorm): Chroma {
  const { chromaCount } = shape;
  const { module, weights, power, classes } = reuseProducts(chromaCount, binCount);
  chromaFilterbank(shape, weights);
  const result = new Float32Array(chromaCount * frameCount); // [C, T]
  for (let frame = 0; frame < frameCount; frame++) {
    power.set(data.subarray(frame * binCount, (frame + 1) * binCount));
    module.products(weights.byteOffset, chromaCount, binCount, power.byteOffset, classes.byteOffset);
    normalise(classes, norm);
    for (let chroma = 0; chroma < chromaCount; chroma++) result[chroma * frameCount + frame] = classes[chroma]!;
  }
  return { data: result, chromaCount, frameCount };
}

let kept: ReturnType<typeof openProducts> | undefined;

/** Arrays for the filters and a frame, kept from the last call if its shape is the same. */
function reuseProducts(chromaCount: number, binCount: number) {
  const same = kept?.classes.length === chromaCount && kept.power.length === binCount;
  if (!kept || !same) kept = openProducts(chromaCount, binCount);
  return kept;
}

function openProducts(chromaCount: number, binCount: number) {
  const table = { weights: float64(chromaCount * binCount), power: float64(binCount), classes: float64(chromaCount) };
  const { arrays, memory } = openMemory(table, 'chroma');
  return { ...arrays, module: openFeaturesModule(memory) };
}

/** Throws if an option is out of range. */
export function assertChroma(
  { chromaCount, tuning, norm }: { chromaCount: number; tuning: number; norm: ChromaNorm },
  where: string,
) {
  assertArgument(Number.isInteger(chromaCount) && chromaCount > 0, where, 'chromaCount must be a positive integer', chromaCount);
  assertArgument(Math.abs(tuning) <= 0.5, where, 'tuning must lie in -0.5..0.5', tuning);
  assertArgument(NORMS.includes(norm), where, `norm must be ${NORMS.join(', ')}`, norm);
}

/** Computes the pitch classes of a frame. */
export function chromaFeature(shape: ChromaShape, norm: ChromaNorm): Feature {
  const filters = chromaFilterbank(shape);
  const size = shape.chromaCount;
  return {
    size,
    measure({ power }, into) {
      for (let chroma = 0; chroma < size; chroma++) into[chroma] = product(filters, chroma * power.length, power);
      normalise(into.subarray(0, size), norm);
    },
  };
}

/** Σ filters[from + bin]·power[bin], in four independent sums. */
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

/** Divides, in place, unless all values are 0. */
function normalise(values: Float64Array, norm: ChromaNorm): void {
  const divisor = normOf(values, norm);
  if (divisor > 0) for (let i = 0; i < values.length; i++) values[i]! /= divisor;
}

function normOf(values: Float64Array, norm: ChromaNorm): number {
  if (norm === 'max') return values.reduce((a, b) => Math.max(a, b), 0);
  if (norm === 'sum') return values.reduce((a, b) => a + b, 0);
  return norm === 'length' ? Math.hypot(...values) : 1;
}
