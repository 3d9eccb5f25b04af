import { type Modality, SAMPLE_SHAPES } from '@cmcgan/model';
import { blockMeans } from '../metrics/block-means';
import { gradientHistograms } from '../metrics/gradient-histograms';

/** What a simulated pair shows and sounds like: pitch in semitones, loudness from 0 to 1. */
export type TruthName = 'pitch' | 'loudness';

/** What the regressors get of a sample, to estimate each quantity from. */
export type Descriptors = Readonly<Record<TruthName, Float32Array>>;

/** How far below the loudest of a sound its mels still tell the pitch, in values from -1 to 1: fainter ones are noise, or differ from player to player. */
const DEPTH = 0.6;

/**
 * Describes an image by its gradient histograms, which show how instrument, bow and arms lie whatever the colours and the light; a sound by its mels around the
 * picture's moment, since notes may change before and after it: for its loudness as they are, for its pitch below the loudest.
 */
export function describeSample(values: ArrayLike<number>, modality: Modality): Descriptors {
  if (modality === 'V') {
    const histograms = gradientHistograms(values, SAMPLE_SHAPES.V[0]);
    return { pitch: histograms, loudness: histograms };
  }
  const mels = middleOf(values, 4);
  const loudest = mels.reduce((most, value) => Math.max(most, value), -Infinity);
  return { pitch: mels.map((value) => Math.max(value - loudest, -DEPTH)), loudness: middleOf(values, 8) };
}

/** The means of each mel in the two middle ones of these many parts of a sound's half second. */
function middleOf(sound: ArrayLike<number>, parts: number): Float32Array {
  const [mels] = SAMPLE_SHAPES.A;
  const means = blockMeans(sound, SAMPLE_SHAPES.A, [mels, parts]);
  return Float32Array.from({ length: 2 * mels }, (_, i) => means[(i >> 1) * parts + parts / 2 - 1 + (i & 1)]);
}
