import { centroidOf } from './spectral-centroid';
import type { Frame } from './spectral-frames';

/** Σ (bin − centroid)^order · |X| / Σ |X| of a frame, in bins; 0 for silence. */
export function centralMoment(frame: Frame, order: number): number {
  const { magnitude, hzPerBin } = frame;
  const centre = centroidOf(frame) / hzPerBin;
  let [sum, moment] = [0, 0];
  for (let bin = 0; bin < magnitude.length; bin++) {
    sum += magnitude[bin]!;
    moment += magnitude[bin]! * (bin - centre) ** order;
  }
  return sum > 0 ? moment / sum : 0;
}
