import { LMS_FRAMES, logMelSpectrum, MEL_COUNT, onsetStrength, pyin, type DecibelRange } from '@cmcgan/audio-features';
import { correlation } from './against-chance';

const SAMPLE_RATE = { sampleRateHz: 44_100 };

/** From below the double bass's E1 to C7. Frames hold two periods of the lowest. */
const PITCH = { lowestHz: 40, highestHz: 2093, frameSize: 4096, hopSize: 1024 };

/**
 * The first frames of the onset strength measure where the clip begins, not what happens in it: their windows, or those of the frame before, reach
 * beyond it.
 */
const EDGE_FRAMES = 5;

/** What half a second of sound is compared by. */
export interface SoundDescription {
  /** Log-mel spectrum in dB, at least the floor: [128, 44] */
  readonly lmsDb: Float32Array;
  /** Pitch by pYIN, NaN where a frame has none: [22] */
  readonly pitchHz: Float32Array;
  /** Onset strength in dB, without the frames at the beginning: [39] */
  readonly onset: Float32Array;
}

/**
 * Describes a waveform for `soundDistance`.
 *
 * @param waveform Float32Array [22050]: half a second at 44.1 kHz
 * @param floorDb Levels below count as this one
 */
export function describeSound(waveform: Float32Array, { floorDb }: Pick<DecibelRange, 'floorDb'>): SoundDescription {
  return {
    lmsDb: logMelSpectrum(waveform, SAMPLE_RATE).data.map((value) => Math.max(value, floorDb)),
    pitchHz: pyin(waveform, { ...SAMPLE_RATE, ...PITCH }).pitchHz,
    onset: onsetStrength(waveform, SAMPLE_RATE).slice(EDGE_FRAMES),
  };
}

/** How far one sound is from another. */
export interface SoundDistance {
  /** Log-spectral distance in dB: the root of the mean squared difference over the mels, averaged over the frames. */
  readonly logSpectralDb: number;
  /** Median pitch error in semitones over the frames in which both have a pitch; NaN if there is none. */
  readonly semitones: number;
  /** Share of the reference's pitched frames in which the pitch is right to half a semitone (raw pitch accuracy); NaN if it has none. */
  readonly pitchAccuracy: number;
  /** Pearson correlation of the onset strengths over time; NaN if either is constant. */
  readonly onsetCorrelation: number;
}

/** Compares a sound with a reference, both described with the same floor. */
export function soundDistance(sound: SoundDescription, reference: SoundDescription): SoundDistance {
  const errors = [...reference.pitchHz].map((hz, frame) => Math.abs(12 * Math.log2(sound.pitchHz[frame] / hz)));
  const pitched = reference.pitchHz.filter((hz) => !Number.isNaN(hz)).length;
  return {
    logSpectralDb: logSpectralDistance(sound.lmsDb, reference.lmsDb),
    semitones: median(errors.filter((error) => !Number.isNaN(error))),
    pitchAccuracy: errors.filter((error) => error <= 0.5).length / pitched,
    onsetCorrelation: correlation([...sound.onset], [...reference.onset]),
  };
}

function logSpectralDistance(a: Float32Array, b: Float32Array): number {
  const squares = new Float64Array(LMS_FRAMES);
  a.forEach((value, i) => (squares[i % LMS_FRAMES] += (value - b[i]) ** 2));
  return squares.reduce((sum, square) => sum + Math.sqrt(square / MEL_COUNT), 0) / LMS_FRAMES;
}

/** Distances of several sounds from their references. */
export interface MeanSoundDistance {
  /** Pairs of sounds. */
  readonly n: number;
  /** Mean, in dB. */
  readonly logSpectralDb: number;
  /** Median over the pairs in which both have a pitch; null without such pairs. */
  readonly semitones: number | null;
  /** How many pairs that are. */
  readonly pitched: number;
  /** Mean over the pairs whose reference has a pitch; null without such pairs. */
  readonly pitchAccuracy: number | null;
  /** Mean over the pairs that have one; null without such pairs. */
  readonly onsetCorrelation: number | null;
}

/** Averages distances; null if there are none. */
export function meanSoundDistance(distances: readonly SoundDistance[]): MeanSoundDistance | null {
  if (distances.length === 0) return null;
  const known = (name: keyof SoundDistance) =>
    distances.map((distance) => distance[name]).filter((value) => !Number.isNaN(value));
  const semitones = known('semitones');
  return {
    n: distances.length,
    logSpectralDb: mean(known('logSpectralDb'))!,
    semitones: semitones.length === 0 ? null : median(semitones),
    pitched: semitones.length,
    pitchAccuracy: mean(known('pitchAccuracy')),
    onsetCorrelation: mean(known('onsetCorrelation')),
  };
}

const mean = (values: readonly number[]) => (values.length === 0 ? null : values.reduce((a, b) => a + b) / values.length);

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return NaN;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
