import { assertArgument } from '../assert-argument';
import type { Chroma } from './chroma';

/** Radius, and angle per semitone in sixths of half a turn, of the circles of fifths, minor and major thirds. */
const CIRCLES = [
  { radius: 1, sixths: 7 },
  { radius: 1, sixths: 9 },
  { radius: 0.5, sixths: 4 },
];

/** data [6, frameCount]: x (sine) and y (cosine) in the circle of fifths, of minor thirds, and of major thirds. */
export interface Tonnetz {
  data: Float32Array;
  frameCount: number;
}

/**
 * Tonal centroids of a chromagram (Harte, Sandler & Gasser 2006), as `librosa.feature.tonnetz(chroma=…)`. (Without a chromagram, librosa
 * computes one with a constant-Q transform.) Silent frames are 0.
 */
export function tonnetz(chromagram: Chroma): Tonnetz {
  const { data: chroma, chromaCount, frameCount } = chromagram;
  const fits = chroma.length === chromaCount * frameCount;
  assertArgument(fits, 'tonnetz', `chroma.data must hold ${chromaCount}×${frameCount} values`, chroma.length);
  const data = new Float32Array(6 * frameCount); // [6, T]
  for (let frame = 0; frame < frameCount; frame++) {
    let total = 0;
    for (let c = 0; c < chromaCount; c++) total += Math.abs(chroma[c * frameCount + frame]!);
    if (total === 0) continue;
    CIRCLES.forEach(({ radius, sixths }, circle) => {
      let [x, y] = [0, 0];
      for (let c = 0; c < chromaCount; c++) {
        const angle = (Math.PI * sixths * 2 * c) / chromaCount;
        x += Math.sin(angle) * chroma[c * frameCount + frame]!;
        y += Math.cos(angle) * chroma[c * frameCount + frame]!;
      }
      data[2 * circle * frameCount + frame] = (radius * x) / total;
      data[(2 * circle + 1) * frameCount + frame] = (radius * y) / total;
    });
  }
  return { data, frameCount };
}
