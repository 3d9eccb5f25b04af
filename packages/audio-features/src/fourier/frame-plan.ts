import { assertArgument } from '../assert-argument';
import { openSpectrumMemory, type ArrayTable, type SpectrumMemory } from '../wasm/spectrum-memory';
import { fourierArrays, prepareFourier } from './fourier-arrays';
import { hannWindow } from './hann-window';

/** How a signal is cut into frames: the framing of librosa's `stft` with zero padding. Sizes in samples. */
export interface Framing {
  /** Length of the Fourier transform, a power of two. Default 2048. */
  fftSize?: number;
  /** Distance between the starts of neighbouring frames. Default fftSize / 4. */
  hopSize?: number;
  /** Length of the periodic Hann window, at most fftSize. Default fftSize. */
  windowSize?: number;
  /** Frame t is centred on sample t·hopSize, with zeros beyond the ends (true, the default), or starts there (false). */
  center?: boolean;
}

export type ResolvedFraming = Required<Framing>;

/** Fills in the defaults and refuses what makes no sense. `where` names the caller in the error. */
export function resolveFraming(framing: Framing, where: string): ResolvedFraming {
  const { fftSize = 2048, hopSize = fftSize / 4, windowSize = fftSize, center = true } = framing;
  const powerOfTwo = Number.isInteger(fftSize) && fftSize >= 4 && fftSize <= 2 ** 24 && (fftSize & (fftSize - 1)) === 0;
  assertArgument(powerOfTwo, where, 'fftSize must be a power of two of at least 4', fftSize);
  assertArgument(Number.isInteger(hopSize) && hopSize > 0, where, 'hopSize must be a positive integer', hopSize);
  const windowFits = Number.isInteger(windowSize) && windowSize > 0 && windowSize <= fftSize;
  assertArgument(windowFits, where, `windowSize must be an integer in 1..${fftSize}`, windowSize);
  return { fftSize, hopSize, windowSize, center };
}

/** Number of frames of a signal of `sampleCount` samples; 0 when it is shorter than one frame and not centred. */
export function countFrames(sampleCount: number, { fftSize, hopSize, center }: ResolvedFraming): number {
  if (center) return 1 + Math.floor(sampleCount / hopSize);
  return Math.max(0, 1 + Math.floor((sampleCount - fftSize) / hopSize));
}

/** Windowing and transforming one frame at a time; owns its buffers, so frames allocate nothing. One caller at a time. */
export interface FramePlan<T extends ArrayTable> extends SpectrumMemory<T & ReturnType<typeof fourierArrays>> {
  readonly framing: ResolvedFraming;
  readonly binCount: number;
  /** [fftSize] */
  readonly window: Float64Array;
  /** Transforms frame `frame` of `samples`: the spectrum is then in arrays.re and arrays.im, [binCount] each. */
  analyse(samples: Float32Array, frame: number): void;
}

/** A plan that has other arrays in the same memory, for the module to work on. */
export function createFramePlan<T extends ArrayTable>(framing: ResolvedFraming, others: T, where: string): FramePlan<T> {
  const { fftSize, hopSize, windowSize, center } = framing;
  const memory = openSpectrumMemory({ ...others, ...fourierArrays(fftSize) }, where);
  const window = hannWindow(windowSize, fftSize);
  prepareFourier(memory, window);
  const { frame: held } = memory.arrays;

  function analyse(samples: Float32Array, frame: number): void {
    const start = frame * hopSize - (center ? fftSize / 2 : 0);
    const within = samples.subarray(Math.max(start, 0), Math.max(start + fftSize, 0));
    if (within.length < fftSize) held.fill(0);
    held.set(within, Math.max(-start, 0));
    memory.module.analyse(held.byteOffset);
  }
  return { ...memory, framing, binCount: fftSize / 2 + 1, window, analyse };
}
