import { SAMPLE_SHAPES } from '@cmcgan/model';
import type { Random } from '@cmcgan/random';
import { gaussianBlur } from '../metrics/gaussian-blur';

/** What a simulated pair shows and sounds like. */
export interface Shown {
  /** A MIDI number: semitones. */
  readonly midi: number;
  /** 0 to 1. */
  readonly loudness: number;
}

/** A picture [128, 128, 3] in [-1, 1], and what it shows. */
export interface TrainingPicture {
  readonly picture: ArrayLike<number>;
  readonly shown: Shown;
}

/**
 * Standard deviations, in pixels, by which pictures are blurred for further ones: generated pictures are less sharp than real ones, and where the
 * instrument points is seen all the same.
 */
const BLURS = [2, 4];

/**
 * Others are means of four pictures of about the same pitch, as they are and blurred: neither framing nor clothes can be told from a sound, so that what
 * is generated from it resembles the mean of all that fit. Drawn with the weight exp(-d² / 2σ²), d semitones off, σ a half.
 */
const MEANS = { of: 4, semitones: 0.5, blurs: [2] };

/** For each real picture of an instrument: itself, blurred copies, and the mean of some that are like it, with a blurred copy. One at a time, for memory. */
export function* trainingPictures(real: readonly TrainingPicture[], random: Random): Generator<TrainingPicture> {
  for (const each of real) {
    yield* withBlurred(each, BLURS);
    yield* withBlurred(meanOfSimilar(real, each, random), MEANS.blurs);
  }
}

function* withBlurred(original: TrainingPicture, sigmas: readonly number[]): Generator<TrainingPicture> {
  yield original;
  const { picture, shown } = original;
  for (const sigma of sigmas) yield { picture: gaussianBlur(picture, { size: SAMPLE_SHAPES.V[0], sigma }), shown };
}

/** The mean of pictures of about the pitch of one, and of what they show. */
function meanOfSimilar(real: readonly TrainingPicture[], { shown: { midi } }: TrainingPicture, random: Random): TrainingPicture {
  const weights = real.map(({ shown }) => Math.exp(-(((shown.midi - midi) / MEANS.semitones) ** 2) / 2));
  const members = Array.from({ length: MEANS.of }, () => real[drawIndex(weights, random)]);
  const mean = (valueOf: (member: TrainingPicture) => number) =>
    members.reduce((sum, member) => sum + valueOf(member), 0) / members.length;
  return {
    picture: Float32Array.from({ length: members[0].picture.length }, (_, i) => mean(({ picture }) => picture[i])),
    shown: { midi: mean(({ shown }) => shown.midi), loudness: mean(({ shown }) => shown.loudness) },
  };
}

/** Draws an index with probabilities in proportion to the weights. */
function drawIndex(weights: readonly number[], random: Random): number {
  let left = random.uniform() * weights.reduce((sum, weight) => sum + weight, 0);
  const found = weights.findIndex((weight) => (left -= weight) < 0);
  return found === -1 ? weights.length - 1 : found; // rounding may leave a little
}
