export interface ChromaShape {
  sampleRateHz: number;
  fftSize: number;
  chromaCount: number;
  /** Deviation from A = 440 Hz, in bins of the chromagram. */
  tuning: number;
}

/** Octaves above 27.5 Hz, where A0 lies when the tuning is 0. */
export const hzToOctaves = (frequencyHz: number, tuning = 0, binsPerOctave = 12): number =>
  Math.log2(frequencyHz / (27.5 * 2 ** (tuning / binsPerOctave)));

/** Where in the octaves the filters are highest, and the width of that bell. */
const CENTRE_OCTAVE = 5;
const OCTAVE_WIDTH = 2;

/** Lower exponents of a weight make nothing that a float64 sum would show. */
const FARTHEST = -40;

/** Weights of the bins in each pitch class, C first, as `librosa.filters.chroma`. Float64Array [chromaCount, floor(fftSize / 2) + 1] */
export function chromaFilterbank({ sampleRateHz, fftSize, chromaCount, tuning }: ChromaShape): Float64Array {
  const binCount = (fftSize >> 1) + 1;
  const placeOf = (bin: number) => chromaCount * hzToOctaves((bin * sampleRateHz) / fftSize, tuning, chromaCount);
  // 0 Hz has no octave: it is put one and a half below the first bin.
  const places = Float64Array.from({ length: binCount + 1 }, (_, bin) =>
    bin === 0 ? placeOf(1) - 1.5 * chromaCount : placeOf(bin),
  );
  const half = Math.round(chromaCount / 2);
  const firstClass = 3 * Math.floor(chromaCount / 12); // from A to C
  const filters = new Float64Array(chromaCount * binCount);
  const weights = new Float64Array(chromaCount);
  for (let bin = 0; bin < binCount; bin++) {
    const width = Math.max(places[bin + 1]! - places[bin]!, 1);
    for (let chroma = 0; chroma < chromaCount; chroma++) {
      const turns = places[bin]! - chroma + half + 10 * chromaCount;
      const distance = turns - chromaCount * Math.floor(turns / chromaCount) - half;
      const exponent = -0.5 * ((2 * distance) / width) ** 2;
      weights[chroma] = exponent < FARTHEST ? 0 : Math.exp(exponent);
    }
    const octave = Math.exp(-0.5 * ((places[bin]! / chromaCount - CENTRE_OCTAVE) / OCTAVE_WIDTH) ** 2);
    const gain = octave / Math.sqrt(weights.reduce((sum, weight) => sum + weight * weight, 0));
    for (let chroma = 0; chroma < chromaCount; chroma++) {
      filters[chroma * binCount + bin] = gain * weights[(chroma + firstClass) % chromaCount]!;
    }
  }
  return filters;
}
