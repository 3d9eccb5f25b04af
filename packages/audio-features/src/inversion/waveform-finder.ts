import { createOverlapAdd, type OverlapAdd } from '../fourier/overlap-add';
import { leadOf, type ResolvedFraming } from '../fourier/frame-plan';
import { float64, type ArrayTable } from '../wasm/spectrum-memory';
import type { GriffinLimOptions } from './griffin-lim-options';
import { singlePassPhases } from './single-pass-phases';

/** Called once the estimate's spectrum of a frame is in the plan's re and im; may change that frame's target power. */
export type PowerUpdate = (frame: number, iteration: number) => void;

const targetArrays = (count: number) => ({
  /** Target powers, and the estimate's spectrum one iteration ago: a row of bins, with room for one more, for each frame. */
  power: float64(count),
  lastRe: float64(count),
  lastIm: float64(count),
});

/** Griffin-Lim on target powers, in one memory with all other arrays that it needs. */
export interface WaveformFinder<T extends ArrayTable> {
  readonly plan: OverlapAdd<T & ReturnType<typeof targetArrays>>['plan'];
  /** The target power of a frame, [bins], to be written before `find`. */
  powerOf(frame: number): Float64Array;
  /** `griffinLim` with validated options. `update` may change the target. Float32Array [length] */
  find(options: GriffinLimOptions, update?: PowerUpdate): Float32Array;
}

export interface WaveformShape {
  framing: ResolvedFraming;
  frameCount: number;
  /** Samples; by default what the frames span without padding. */
  length?: number;
}

/** A finder for one waveform, with other arrays in its memory. */
export function createWaveformFinder<T extends ArrayTable>(shape: WaveformShape, others: T, where: string): WaveformFinder<T> {
  const { framing, frameCount } = shape;
  const { fftSize, hopSize } = framing;
  const { length: sampleCount = (frameCount - 1) * hopSize + fftSize - 2 * leadOf(framing) } = shape;
  const rowLength = (fftSize >> 1) + 2;
  const tables = { ...others, ...targetArrays(frameCount * rowLength) };
  const { plan, add, analyse, finish, waveform } = createOverlapAdd({ framing, frameCount, sampleCount }, tables, where);
  const { binCount, module } = plan;
  const { re, im, power, lastRe, lastIm } = plan.arrays as OverlapAdd<ReturnType<typeof targetArrays>>['plan']['arrays'];
  const powerOf = (frame: number) => power.subarray(frame * rowLength, frame * rowLength + binCount);

  function startFrom(seed: number): void {
    const nextPhases = singlePassPhases({ fftSize, hopSize, seed });
    const magnitude = new Float64Array(binCount);
    for (let frame = 0; frame < frameCount; frame++) {
      const target = powerOf(frame);
      for (let bin = 0; bin < binCount; bin++) magnitude[bin] = Math.sqrt(target[bin]!);
      const phases = nextPhases(magnitude);
      for (let bin = 0; bin < binCount; bin++) {
        re[bin] = Math.cos(phases[bin]!) * magnitude[bin]!;
        im[bin] = Math.sin(phases[bin]!) * magnitude[bin]!;
      }
      add(frame);
    }
    finish();
  }

  function find({ iterations = 32, momentum = 0.99, seed = 0 }: GriffinLimOptions, update?: PowerUpdate): Float32Array {
    startFrom(seed);
    lastRe.fill(0);
    lastIm.fill(0);
    const pull = momentum / (1 + momentum);
    for (let iteration = 0; iteration < iterations; iteration++) {
      for (let frame = 0; frame < frameCount; frame++) {
        analyse(frame);
        update?.(frame, iteration);
        const row = frame * rowLength * Float64Array.BYTES_PER_ELEMENT;
        module.aim(power.byteOffset + row, lastRe.byteOffset + row, lastIm.byteOffset + row, pull);
        add(frame);
      }
      finish();
    }
    return waveform.slice();
  }
  return { plan, powerOf, find };
}
