import { createAutocorrelation } from '../../fourier/autocorrelation';

/** Prevents 0 / 0; numpy's `finfo(float64).tiny`. */
const TINY = 2.2250738585072014e-308;

/**
 * YIN's cumulative mean normalised difference of a frame: how much the frame differs from itself `period` samples later, divided by the
 * mean of that over all shorter periods (de Cheveigné & Kawahara 2002, Eq. 8), as librosa computes it.
 *
 * @returns A function from frames [frameSize] to the values at lowestPeriod … highestPeriod, valid until the next call.
 */
export function cumulativeDifference(
  frameSize: number,
  { lowestPeriod, highestPeriod }: { lowestPeriod: number; highestPeriod: number },
): (frame: Float32Array) => Float64Array {
  const { powerOf, ofPower } = createAutocorrelation(frameSize, 'pyin');
  const values = new Float64Array(highestPeriod - lowestPeriod + 1);
  return (frame) => {
    const correlation = ofPower(powerOf(frame));
    let [energy, sum] = [0, 0];
    for (let period = 1; period <= highestPeriod; period++) {
      energy += frame[period - 1]! * frame[period - 1]!; // of the samples without a partner
      const difference = 2 * (correlation[0]! - correlation[period]!) - energy;
      sum += difference;
      if (period >= lowestPeriod) values[period - lowestPeriod] = difference / (sum / period + TINY);
    }
    return values;
  };
}
