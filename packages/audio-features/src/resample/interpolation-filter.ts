/** Zero crossings of the kernel on each side: with β below, the transition band is a tenth of the band wide. */
const ZERO_CROSSINGS = 66;
/** Kaiser's β for 105 dB of stop-band attenuation. */
const KAISER_BETA = 0.1102 * (105 - 8.7);
/** Middle of the transition band, relative to the lower rate's Nyquist frequency: flat up to 0.9, silent from 1.0. */
const CUTOFF = 0.95;

/** Taps of a Kaiser-windowed sinc at `phaseCount` fractional delays, and one more for interpolation: [phaseCount + 1, tapCount]. */
export interface InterpolationFilter {
  taps: Float64Array;
  tapCount: number;
  phaseCount: number;
  /** How many input samples tap 0 lies before the one at or just before the output's position. */
  lead: number;
}

/** @param ratio Output rate / input rate; below 1, the output's band passes. */
export function designInterpolationFilter(ratio: number, phaseCount: number): InterpolationFilter {
  const band = CUTOFF * Math.min(1, ratio);
  const halfWidth = ZERO_CROSSINGS / band;
  const lead = Math.floor(halfWidth);
  const tapCount = 2 * lead + 2;
  const taps = new Float64Array((phaseCount + 1) * tapCount);
  for (let phase = 0; phase <= phaseCount; phase++) {
    let sum = 0;
    for (let tap = 0; tap < tapCount; tap++) {
      const distance = tap - lead - phase / phaseCount;
      const value = band * sinc(band * distance) * kaiser(distance / halfWidth);
      taps[phase * tapCount + tap] = value;
      sum += value;
    }
    for (let tap = 0; tap < tapCount; tap++) taps[phase * tapCount + tap]! /= sum; // a constant stays constant
  }
  return { taps, tapCount, phaseCount, lead };
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** Kaiser window over -1 … 1. */
function kaiser(x: number): number {
  return Math.abs(x) >= 1 ? 0 : besselI0(KAISER_BETA * Math.sqrt(1 - x * x)) / besselI0(KAISER_BETA);
}

/** Modified Bessel function of the first kind, order 0: its power series. */
function besselI0(x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}
