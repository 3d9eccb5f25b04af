import { assertOptions, type OptionNames } from '../assert-options';
import { resolveFraming } from '../fourier/frame-plan';
import { createFrameStream } from '../fourier/frame-stream';
import { createFrameFeatures, type FrameFeatureName, type FrameFeatureOptions } from './frame-features';
import { createSpectra, spectralNames, type SpectralOptions } from './spectral-frames';

export interface FeatureStreamOptions extends SpectralOptions {
  /** The features to compute, each with its options: `{ rms: {}, mfcc: { coefficientCount: 13 } }`. */
  features: Partial<FrameFeatureOptions>;
}

const names = (): OptionNames<FeatureStreamOptions> => ({ ...spectralNames(), features: '' });

/** Features of some frames, each [values per frame, frameCount]. */
export interface FeatureFrames {
  frameCount: number;
  features: Partial<Record<FrameFeatureName, Float32Array>>;
}

/** Computes features piece by piece; memory is bounded by one piece and one frame, however long the recording. */
export interface FeatureStream {
  /** The frames that these samples complete; frameCount may be 0. */
  push(samples: Float32Array): FeatureFrames;
  /** The frames that reach beyond the end. Ends the stream. */
  flush(): FeatureFrames;
}

/**
 * Computes several features at once as the sound arrives, with one Fourier transform per frame. All frames of a stream together equal those
 * of the functions of the same names on the whole waveform, except for options that depend on all of it: there is no `topDb`, the tuning of
 * `chroma` is 0 unless given, and all features share one padding.
 */
export function createFeatureStream(options: FeatureStreamOptions): FeatureStream {
  const where = 'createFeatureStream';
  assertOptions(options, names(), where);
  const { features: asked, ...spectral } = options;
  const framing = resolveFraming(spectral, where);
  const { frameOf } = createSpectra({ ...spectral, center: false }, where);
  const features = createFrameFeatures(asked, { sampleRateHz: spectral.sampleRateHz, fftSize: framing.fftSize }, where);
  const frames = createFrameStream(framing, 'FeatureStream');
  const values = new Float64Array(Math.max(...features.map(([, { size }]) => size)));

  function emit(frameCount: number): FeatureFrames {
    const arrays = features.map(([, { size }]) => new Float32Array(size * frameCount)); // [size, T] each
    frames.forEach(frameCount, (samples, column) => {
      const frame = frameOf(samples, 0);
      features.forEach(([, { size, measure }], i) => {
        measure(frame, values);
        for (let row = 0; row < size; row++) arrays[i]![row * frameCount + column] = values[row]!;
      });
    });
    return { frameCount, features: Object.fromEntries(features.map(([name], i) => [name, arrays[i]])) };
  }
  return { push: (samples) => emit(frames.push(samples)), flush: () => emit(frames.flush()) };
}
