import { assertOptions } from '../assert-options';
import { resolveFraming } from '../fourier/frame-plan';
import { createFrameStream } from '../fourier/frame-stream';
import { createMelPlan, melSpectrumNames } from './mel-spectrum';
import type { MelSpectrum, MelSpectrumOptions } from './mel-spectrum';

/** Computes a mel spectrum chunk by chunk; memory is bounded by one chunk and one frame, however long the recording. */
export interface MelStream {
  /** The frames that these samples complete: power, data [melCount, frameCount]; frameCount may be 0. */
  push(samples: Float32Array): MelSpectrum;
  /** The frames that reach beyond the end. Ends the stream. */
  flush(): MelSpectrum;
}

/** Creates a stream whose frames together equal those of `melSpectrum` on the whole waveform. Same options and errors. */
export function createMelStream(options: MelSpectrumOptions): MelStream {
  assertOptions(options, melSpectrumNames(), 'createMelStream');
  const frames = createFrameStream(resolveFraming(options, 'createMelStream'), 'MelStream');
  const { melCount, frameInto } = createMelPlan({ ...options, center: false }, 'createMelStream');

  function emit(frameCount: number): MelSpectrum {
    const data = new Float32Array(melCount * frameCount); // [M, T]
    frames.forEach(frameCount, (frame, column) => frameInto(frame, 0, data, column, frameCount));
    return { data, melCount, frameCount };
  }
  return {
    push: (samples) => emit(frames.push(samples)),
    flush: () => emit(frames.flush()),
  };
}
