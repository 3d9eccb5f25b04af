import { assertArgument } from '../assert-argument';
import { hannWindow } from './hann-window';
import { createRealFft } from './real-fft';
import type { RealFft } from './real-fft';

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
export interface FramePlan {
  readonly framing: ResolvedFraming;
  readonly fft: RealFft;
  /** [fftSize], and its entries 0, 2, 4 … and 1, 3, 5 … apart, as the transform takes samples. */
  readonly window: Float64Array;
  readonly windowEven: Float64Array;
  readonly windowOdd: Float64Array;
  /** Transforms frame `frame` of `samples`: the spectrum is then in fft.re and fft.im. */
  analyse(samples: Float32Array, frame: number): void;
}

export function createFramePlan(framing: ResolvedFraming): FramePlan {
  const { fftSize, hopSize, windowSize, center } = framing;
  const fft = createRealFft(fftSize);
  const window = hannWindow(windowSize, fftSize);
  const { even, odd } = fft;
  const half = fftSize / 2;
  const windowEven = window.filter((_, n) => n % 2 === 0);
  const windowOdd = window.filter((_, n) => n % 2 === 1);

  function analyse(samples: Float32Array, frame: number): void {
    const start = frame * hopSize - (center ? half : 0);
    if (start >= 0 && start + fftSize <= samples.length) {
      for (let i = 0, n = start; i < half; i++, n += 2) {
        even[i] = samples[n]! * windowEven[i]!;
        odd[i] = samples[n + 1]! * windowOdd[i]!;
      }
    } else {
      for (let i = 0, n = start; i < half; i++, n += 2) {
        even[i] = (samples[n] ?? 0) * windowEven[i]!;
        odd[i] = (samples[n + 1] ?? 0) * windowOdd[i]!;
      }
    }
    fft.forward();
  }
  return { framing, fft, window, windowEven, windowOdd, analyse };
}
