import { createFramePlan } from './frame-plan';
import type { FramePlan, ResolvedFraming } from './frame-plan';

/** Sums windowed frames back into a waveform, dividing by the summed squares of the window: the least-squares inverse of the STFT. */
export interface OverlapAdd {
  readonly plan: FramePlan;
  /** Adds the inverse transform of what lies in plan.fft.re and .im as frame `frame`. */
  add(frame: number): void;
  /** Writes the waveform of the frames added since the last time into `output`. */
  finish(output: Float32Array): void;
}

/** A plan for `frameCount` frames and waveforms of up to `sampleCount` samples. Beyond the last frame there is silence. */
export function createOverlapAdd(framing: ResolvedFraming, frameCount: number, sampleCount: number): OverlapAdd {
  const { fftSize, hopSize, center } = framing;
  const plan = createFramePlan(framing);
  const { window, windowEven, windowOdd, fft } = plan;
  const lead = center ? fftSize / 2 : 0;
  const sum = new Float64Array(Math.max(lead + sampleCount, (frameCount - 1) * hopSize + fftSize));
  const weight = new Float64Array(sum.length);
  for (let frame = 0; frame < frameCount; frame++) {
    for (let n = 0; n < fftSize; n++) weight[frame * hopSize + n]! += window[n]! ** 2;
  }
  // Where hardly any window reaches, dividing would only blow up rounding errors.
  for (let n = 0; n < weight.length; n++) weight[n] = weight[n]! > 1e-10 ? 1 / weight[n]! : 0;

  function add(frame: number): void {
    fft.inverse();
    const { inverseEven, inverseOdd } = fft;
    const start = frame * hopSize;
    for (let i = 0, n = start; i < inverseEven.length; i++, n += 2) {
      sum[n]! += inverseEven[i]! * windowEven[i]!;
      sum[n + 1]! += inverseOdd[i]! * windowOdd[i]!;
    }
  }
  function finish(output: Float32Array): void {
    for (let n = 0; n < output.length; n++) output[n] = sum[lead + n]! * weight[lead + n]!;
    sum.fill(0);
  }
  return { plan, add, finish };
}
