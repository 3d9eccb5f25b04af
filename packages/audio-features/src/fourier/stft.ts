import { assertArgument, assertFiniteSamples } from '../assert-argument';
import { assertOptions } from '../assert-options';
import { createBinPlan } from './bin-plan';
import { countFrames, framingNames, resolveFraming } from './frame-plan';
import type { Framing, ResolvedFraming } from './frame-plan';

/** A short-time Fourier transform: [frameCount, binCount], one frame after the other, bin k at k·sampleRate / fftSize. */
export interface Stft extends ResolvedFraming {
  /** Float64: float32 has too few digits to recover the samples at the very edge of a window. */
  re: Float64Array;
  im: Float64Array;
  frameCount: number;
  binCount: number;
}

/**
 * Short-time Fourier transform, as `librosa.stft` (whose axes are the other way round), computed in float64.
 *
 * @param samples Mono waveform [samples], at least one; finite.
 * @returns re and im, each [frameCount, binCount]; frameCount = 1 + floor(samples / hopSize) when centred and fftSize is even.
 */
export function stft(samples: Float32Array, framing: Framing = {}): Stft {
  assertOptions(framing, framingNames(), 'stft');
  const resolved = resolveFraming(framing, 'stft');
  assertArgument(samples.length > 0, 'stft', 'samples must not be empty', samples.length);
  assertFiniteSamples(samples, 'stft');
  const { analyse, arrays, binCount } = createBinPlan(resolved, {}, 'stft');
  const frameCount = countFrames(samples.length, resolved);
  const re = new Float64Array(frameCount * binCount); // [T, bins]
  const im = new Float64Array(frameCount * binCount); // [T, bins]
  for (let frame = 0; frame < frameCount; frame++) {
    analyse(samples, frame);
    re.set(arrays.re, frame * binCount);
    im.set(arrays.im, frame * binCount);
  }
  return { ...resolved, re, im, frameCount, binCount };
}
