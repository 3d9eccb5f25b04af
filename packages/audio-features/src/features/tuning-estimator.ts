import { hzToOctaves } from './chroma-filterbank';
import type { Frame } from './spectral-frames';

const LOWEST_HZ = 150;
const HIGHEST_HZ = 4000;
/** A peak must reach this share of its frame's loudest bin. */
const LEAST_SHARE = 0.1;
const STEPS = 100;

/** Collects the peaks of frames and measures how far they lie from A = 440 Hz. */
export interface TuningEstimator {
  add(frame: Pick<Frame, 'power' | 'hzPerBin'>): void;
  /** The deviation in bins of `binsPerOctave`, -0.5 … 0.5, in steps of a hundredth; 0 if there were no peaks. */
  estimate(binsPerOctave: number): number;
}

/** As `librosa.estimate_tuning` on power: the most common deviation among the louder half of all spectral peaks. */
export function createTuningEstimator(sampleRateHz: number): TuningEstimator {
  const peaks: { hz: number; power: number }[] = [];
  return {
    add({ power, hzPerBin }) {
      const threshold = LEAST_SHARE * loudestOf(power);
      const highest = Math.min(HIGHEST_HZ, sampleRateHz / 2);
      for (let bin = Math.max(1, Math.ceil(LOWEST_HZ / hzPerBin)); bin < power.length - 1 && bin * hzPerBin < highest; bin++) {
        const height = power[bin]!;
        // A neighbour below the threshold counts as 0, and so as lower.
        if (!(height > threshold && height > power[bin - 1]! && height >= power[bin + 1]!)) continue;
        const slope = (power[bin + 1]! - power[bin - 1]!) / 2;
        const curvature = power[bin + 1]! + power[bin - 1]! - 2 * power[bin]!;
        const shift = Math.abs(slope) >= Math.abs(curvature) ? 0 : -slope / curvature;
        peaks.push({ hz: (bin + shift) * hzPerBin, power: power[bin]! + 0.5 * slope * shift });
      }
    },
    estimate(binsPerOctave) {
      if (peaks.length === 0) return 0;
      const threshold = median(peaks.map(({ power }) => power));
      const counts = new Uint32Array(STEPS);
      for (const { hz, power } of peaks) if (power >= threshold) counts[stepOf(binsPerOctave * hzToOctaves(hz))]!++;
      return edgeOf(counts.indexOf(Math.max(...counts)));
    },
  };
}

/** The largest value, found in two independent halves. */
function loudestOf(power: Float64Array): number {
  let [even, odd] = [power[0]!, 0];
  for (let bin = 1; bin + 1 < power.length; bin += 2) {
    odd = Math.max(odd, power[bin]!);
    even = Math.max(even, power[bin + 1]!);
  }
  return Math.max(even, odd, power[power.length - 1]!);
}

/** Lower edge of a histogram step; the histogram spans -0.5 to 0.5. */
const edgeOf = (step: number) => step * (1 / STEPS) - 0.5;

function stepOf(place: number): number {
  const rest = place - Math.floor(place);
  const deviation = rest >= 0.5 ? rest - 1 : rest;
  let step = Math.min(STEPS - 1, Math.max(0, Math.floor((deviation + 0.5) * STEPS)));
  while (step > 0 && deviation < edgeOf(step)) step--;
  while (step < STEPS - 1 && deviation >= edgeOf(step + 1)) step++;
  return step;
}

function median(values: number[]): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
