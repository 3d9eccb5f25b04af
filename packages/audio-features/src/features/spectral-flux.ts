import { assertOptions } from '../assert-options';
import { measureSpectra, spectralNames, type Feature, type SpectralOptions } from './spectral-frames';

/**
 * How much louder the bins have become since the frame before, Σ max(0, |X| − |X before|): Meyda's `spectralFlux`, and librosa's
 * `onset_strength(S=abs(stft(y)), aggregate=sum, center=False)`. The first frame has 0.
 *
 * @param samples Mono waveform [samples], at least one; finite.
 * @returns Float32Array [frames], in the unit of the magnitudes
 */
export function spectralFlux(samples: Float32Array, options: SpectralOptions): Float32Array {
  assertOptions(options, spectralNames(), 'spectralFlux');
  return measureSpectra(samples, options, fluxFeature(), 'spectralFlux').data;
}

/** Flux since the previous frame, which it remembers. */
export function fluxFeature(): Feature {
  let before: Float64Array | undefined;
  return {
    size: 1,
    measure({ magnitude }, into) {
      let sum = 0;
      if (before) for (let bin = 0; bin < magnitude.length; bin++) sum += Math.max(0, magnitude[bin]! - before[bin]!);
      (before ??= new Float64Array(magnitude.length)).set(magnitude);
      into[0] = sum;
    },
  };
}
