import { assertArgument, assertFiniteSamples } from '../assert-argument';
import { countFrames, resolveFraming } from '../fourier/frame-plan';
import { createMelPlan } from './mel-spectrum';
import type { MelSpectrum, MelSpectrumOptions } from './mel-spectrum';

/** Computes a mel spectrum piece by piece, in memory for one piece and one frame, however long the recording. */
export interface MelStream {
  /** The frames that the samples so far decide: power, data [melCount, frameCount]; frameCount may be 0. */
  push(samples: Float32Array): MelSpectrum;
  /** The frames that reach beyond the end. Ends the stream. */
  flush(): MelSpectrum;
}

/** All frames of a stream together are those of `melSpectrum` on the whole waveform. Options and errors as there. */
export function createMelStream(options: MelSpectrumOptions): MelStream {
  const framing = resolveFraming(options, 'createMelStream');
  const { fftSize, hopSize, center } = framing;
  // The padding is part of the buffer, so that frames start at multiples of the hop.
  const plan = createMelPlan({ ...options, center: false }, 'createMelStream');
  const { melCount } = plan;
  let held = new Float32Array(center ? fftSize / 2 : 0);
  let received = 0;
  let emitted = 0;
  let skip = 0; // samples still to come before the next frame starts, where the hop is longer than what is held
  let ended = false;

  function append(samples: Float32Array): void {
    const fresh = samples.subarray(Math.min(skip, samples.length));
    skip -= samples.length - fresh.length;
    const joined = new Float32Array(held.length + fresh.length);
    joined.set(held);
    joined.set(fresh, held.length);
    held = joined;
  }

  function emit(most: number): MelSpectrum {
    const whole = held.length < fftSize ? 0 : 1 + Math.floor((held.length - fftSize) / hopSize);
    const frameCount = Math.min(most, whole);
    const data = new Float32Array(melCount * frameCount); // [M, T]
    for (let frame = 0; frame < frameCount; frame++) plan.frameInto(held, frame, data, frame, frameCount);
    const used = frameCount * hopSize;
    skip += Math.max(0, used - held.length);
    held = held.slice(Math.min(used, held.length));
    emitted += frameCount;
    return { data, melCount, frameCount };
  }

  return {
    push(samples) {
      assertArgument(!ended, 'MelStream.push', 'push must come before flush', 'a call after it');
      assertFiniteSamples(samples, 'MelStream.push');
      received += samples.length;
      append(samples);
      return emit(Infinity);
    },
    flush() {
      assertArgument(!ended, 'MelStream.flush', 'flush must come once', 'a second call');
      assertArgument(received > 0, 'MelStream.flush', 'samples must not be empty', received);
      ended = true;
      if (center) append(new Float32Array(fftSize / 2));
      return emit(countFrames(received, framing) - emitted);
    },
  };
}
