import { assertArgument, assertFiniteSamples } from '../assert-argument';
import { countFrames, createFramePlan, resolveFraming } from './frame-plan';
import type { Framing, ResolvedFraming } from './frame-plan';

/** A short-time Fourier transform: [frameCount, binCount], one frame after the other, bin k at k·sampleRate / fftSize. */
export interface Stft extends ResolvedFraming {
  re: Float32Array;
  im: Float32Array;
  frameCount: number;
  binCount: number;
}

/**
 * Short-time Fourier transform with a periodic Hann window, as `librosa.stft(pad_mode='constant')` (whose axes are the other way
 * round).
 *
 * @param samples Mono waveform [samples], at least one; finite.
 * @returns re and im, each [frameCount, binCount]; frameCount = 1 + floor(samples / hopSize) when centred.
 */
export function stft(samples: Float32Array, framing: Framing = {}): Stft {
  const resolved = resolveFraming(framing, 'stft');
  assertArgument(samples.length > 0, 'stft', 'samples must not be empty', samples.length);
  assertFiniteSamples(samples, 'stft');
  const { analyse, arrays, binCount } = createFramePlan(resolved, {}, 'stft');
  const frameCount = countFrames(samples.length, resolved);
  const re = new Float32Array(frameCount * binCount); // [T, bins]
  const im = new Float32Array(frameCount * binCount); // [T, bins]
  for (let frame = 0; frame < frameCount; frame++) {
    analyse(samples, frame);
    re.set(arrays.re, frame * binCount);
    im.set(arrays.im, frame * binCount);
  }
  return { ...resolved, re, im, frameCount, binCount };
}
