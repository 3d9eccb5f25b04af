import { float32, float64, type ArrayTable } from '../wasm/spectrum-memory';
import { createBinPlan, type BinPlan } from './bin-plan';
import { leadOf, type ResolvedFraming } from './frame-plan';

/** The number of frames and of samples of an overlap-add. */
export interface Span {
  framing: ResolvedFraming;
  frameCount: number;
  sampleCount: number;
}

const overlapArrays = (signalLength: number) => ({ sums: float64(signalLength), signal: float32(signalLength) });

/** Smaller sums of squared windows count as zero: dividing by them would only magnify rounding errors. */
const LEAST_COVER = 1e-10;

/** Sums windowed frames back into a waveform, dividing by the summed squares of the window: the least-squares inverse of the STFT. */
export interface OverlapAdd<T extends ArrayTable> {
  readonly plan: BinPlan<T & ReturnType<typeof overlapArrays>>;
  /** Adds the inverse transform of the plan's re and im as frame `frame`. */
  add(frame: number): void;
  /** Computes the waveform from the frames added since the last call. */
  finish(): void;
  /** Whether a window covers sample `sample` of the waveform; if none does, the sample is zero. */
  isCovered(sample: number): boolean;
  /** Float32Array [sampleCount], overwritten by `finish`. */
  readonly waveform: Float32Array;
  /** Transforms frame `frame` of the waveform into the plan's re and im. */
  analyse(frame: number): void;
}

/** A plan for one waveform, with other arrays in its memory. Beyond the last frame there is silence. */
export function createOverlapAdd<T extends ArrayTable>(span: Span, others: T, where: string): OverlapAdd<T> {
  const { framing, frameCount, sampleCount } = span;
  const { fftSize, hopSize } = framing;
  const lead = leadOf(framing);
  // The padding on both sides is part of the signal, so that every frame lies within it.
  const signalLength = Math.max(lead + sampleCount, (frameCount - 1) * hopSize + fftSize);
  const plan: OverlapAdd<T>['plan'] = createBinPlan(framing, { ...others, ...overlapArrays(signalLength) }, where);
  const { module, window } = plan;
  const { sums, signal } = plan.arrays as BinPlan<ReturnType<typeof overlapArrays>>['arrays'];
  const gain = new Float64Array(signalLength);
  for (let frame = 0; frame < frameCount; frame++) {
    for (let n = 0; n < fftSize; n++) gain[frame * hopSize + n]! += window[n]! ** 2;
  }
  for (let n = 0; n < gain.length; n++) gain[n] = gain[n]! > LEAST_COVER ? 1 / gain[n]! : 0;

  return {
    plan,
    waveform: signal.subarray(lead, lead + sampleCount),
    isCovered: (sample) => gain[lead + sample]! > 0,
    add: (frame) => module.synthesise(sums.byteOffset + frame * hopSize * Float64Array.BYTES_PER_ELEMENT),
    analyse: (frame) => module.analyse(signal.byteOffset + frame * hopSize * Float32Array.BYTES_PER_ELEMENT),
    finish() {
      for (let n = lead; n < lead + sampleCount; n++) signal[n] = sums[n]! * gain[n]!;
      sums.fill(0);
    },
  };
}
