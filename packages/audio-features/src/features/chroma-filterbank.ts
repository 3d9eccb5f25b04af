export interface ChromaShape {
  sampleRateHz: number;
  fftSize: number;
  chromaCount: number;
  /** Deviation from A = 440 Hz, in bins of the chromagram. */
  tuning: number;
}

/** Octaves above 27.5 Hz, which is A0 for a tuning of 0. */
export const hzToOctaves = (frequencyHz: number, tuning = 0, binsPerOctave = 12): number =>
  Math.log2(frequencyHz / (27.5 * 2 ** (tuning / binsPerOctave)));

/** The octave at which the filters are highest, and the width of that bell. */
const CENTRE_OCTAVE = 5;
const OCTAVE_WIDTH = 2;

/**
 * Weights of the bins in each pitch class, C first, as `librosa.filters.chroma`.
 * @returns `into`, or a new Float64Array, [chromaCount, floor(fftSize / 2) + 1]
 */
export function chromaFilterbank(shape: ChromaShape, into?: Float64Array): Float64Array {
  const { sampleRateHz, fftSize, chromaCount, tuning } = shape;
  const binCount = (fftSize >> 1) + 1;
  const filters = into ?? new Float64Array(chromaCount * binCount);
  const firstPlace = chromaCount * hzToOctaves(sampleRateHz / fftSize, tuning, chromaCount);
  const placeOf = (bin: number) => firstPlace + chromaCount * Math.log2(bin);
  // 0 Hz has no octave: it is placed one and a half below the first bin.
  const places = Float64Array.from({ length: binCount + 1 }, (_, bin) =>
    bin === 0 ? placeOf(1) - 1.5 * chromaCount : placeOf(bin),
  );
  const firstClass = 3 * Math.floor(chromaCount / 12); // from A to C
  const weights = new Float64Array(chromaCount);
  for (let bin = 0; bin < binCount; bin++) {
    const width = places[bin + 1]! - places[bin]!;
    if (width > 1) wideBell(weights, places[bin]!, width);
    else narrowBell(weights, places[bin]!);
    let squares = 0;
    for (let chroma = 0; chroma < chromaCount; chroma++) squares += weights[chroma]! * weights[chroma]!;
    const octave = Math.exp(-0.5 * ((places[bin]! / chromaCount - CENTRE_OCTAVE) / OCTAVE_WIDTH) ** 2);
    const gain = octave / Math.sqrt(squares);
    for (let chroma = 0, from = firstClass; chroma < chromaCount; chroma++, from++) {
      if (from === chromaCount) from = 0;
      filters[chroma * binCount + bin] = gain * weights[from]!;
    }
  }
  return filters;
}

/** exp(−2·(distance / width)²), where distances from `place` wrap around the octave. */
function wideBell(weights: Float64Array, place: number, width: number): void {
  const count = weights.length;
  const half = Math.round(count / 2);
  for (let chroma = 0; chroma < count; chroma++) {
    const turns = place - chroma + half;
    const distance = turns - count * Math.floor(turns / count) - half;
    weights[chroma] = Math.exp(-0.5 * ((2 * distance) / width) ** 2);
  }
}

/** Classes further away have weights below exp(−40), which vanish in a float64 sum. */
const REACH = 5;
/** exp(−2·steps²) */
const BELL = /* @__PURE__ */ [0, 1, 2, 3, 4, 5].map((steps) => Math.exp(-2 * steps * steps));

/** The same for width 1, as exp(−2·d²)·exp(−4·d·steps)·exp(−2·steps²): most bins have it, and exponentials are slow. */
function narrowBell(weights: Float64Array, place: number): void {
  const count = weights.length;
  const half = Math.round(count / 2);
  weights.fill(0);
  const nearest = Math.round(place);
  const distance = place - nearest;
  const centre = nearest - count * Math.floor(nearest / count);
  const least = Math.max(-REACH, Math.ceil(-half - distance));
  const ratio = Math.exp(-4 * distance);
  let factor = Math.exp(-2 * distance * distance - 4 * distance * least);
  for (let steps = least; steps <= REACH && distance + steps < count - half; steps++, factor *= ratio) {
    const chroma = centre - steps;
    weights[chroma < 0 ? chroma + count : chroma >= count ? chroma - count : chroma] = factor * BELL[Math.abs(steps)]!;
  }
}
