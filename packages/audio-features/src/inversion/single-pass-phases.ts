import { seededUniform } from '@cmcgan/random';

/** Sizes in samples; the seed is that of the first frame's phases. */
interface PhaseOptions {
  fftSize: number;
  hopSize: number;
  seed: number;
}

/**
 * Phases that make each spectral peak a steady sinusoid from frame to frame: single pass spectrogram inversion (Beauregard, Harish
 * & Wyse 2015). Around a peak the phase alternates from bin to bin, as under a Hann window. The first frame's phases are random.
 *
 * @returns A function from each frame's magnitudes [bins], in order, to its phases [bins] in radians, valid until the next call.
 */
export function singlePassPhases({ fftSize, hopSize, seed }: PhaseOptions): (magnitude: Float64Array) => Float64Array {
  const uniform = seededUniform(seed, 'phases');
  const phase = Float64Array.from({ length: (fftSize >> 1) + 1 }, () => 2 * Math.PI * uniform());
  const turnPerBin = (2 * Math.PI * hopSize) / fftSize;
  return (magnitude) => {
    advancePhases(magnitude, phase, turnPerBin);
    return phase;
  };
}

function advancePhases(magnitude: Float64Array, phase: Float64Array, turnPerBin: number): void {
  const last = magnitude.length - 1;
  let from = 0;
  let peak = nextPeak(magnitude, 1);
  while (peak < last) {
    const following = nextPeak(magnitude, peak + 1);
    const to = following < last ? valleyBetween(magnitude, peak, following) : last;
    const left = magnitude[peak - 1]!;
    const right = magnitude[peak + 1]!;
    const curvature = left - 2 * magnitude[peak]! + right;
    const peakBin = peak + (curvature < 0 ? (0.5 * (left - right)) / curvature : 0);
    const peakPhase = (phase[peak]! + turnPerBin * peakBin) % (2 * Math.PI);
    for (let bin = from; bin <= to; bin++) phase[bin] = peakPhase + ((bin - peak) % 2 === 0 ? 0 : Math.PI);
    from = to + 1;
    peak = following;
  }
}

/** The first bin from `bin` on that is louder than both its neighbours, or the last bin. */
function nextPeak(magnitude: Float64Array, bin: number): number {
  const last = magnitude.length - 1;
  while (bin < last && !(magnitude[bin]! > magnitude[bin - 1]! && magnitude[bin]! > magnitude[bin + 1]!)) bin++;
  return bin;
}

function valleyBetween(magnitude: Float64Array, from: number, to: number): number {
  let valley = from;
  for (let bin = from; bin < to; bin++) if (magnitude[bin]! < magnitude[valley]!) valley = bin;
  return valley;
}
