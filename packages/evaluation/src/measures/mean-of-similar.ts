import type { Random } from '@cmcgan/random';

/** What a simulated pair shows and sounds like. */
export interface Shown {
  /** A MIDI number: semitones. */
  readonly midi: number;
  /** 0 to 1. */
  readonly loudness: number;
}

/** A sample, image [128, 128, 3] or sound [128, 32], in [-1, 1], and what it shows or sounds like. */
export interface TrainingSample {
  readonly values: ArrayLike<number>;
  readonly shown: Shown;
}

export interface Drawn {
  /** How many samples a mean is taken over. */
  readonly count: number;
  /** σ of exp(-d² / 2σ²), the weight with which a sample d semitones off is drawn. */
  readonly semitones: number;
  readonly random: Random;
}

/**
 * The mean of samples of an instrument, drawn from those of about the pitch of one, and of what they show. What is generated from the other modality resembles
 * the mean of all that fit: neither framing nor clothes can be told from a sound, nor a player's attack from a picture.
 */
export function meanOfSimilar(
  samples: readonly TrainingSample[],
  { shown: { midi } }: TrainingSample,
  { count, semitones, random }: Drawn,
): TrainingSample {
  const weights = samples.map(({ shown }) => Math.exp(-(((shown.midi - midi) / semitones) ** 2) / 2));
  const members = Array.from({ length: count }, () => samples[drawIndex(weights, random)]);
  const values = new Float32Array(members[0].values.length);
  for (const member of members) for (let i = 0; i < values.length; i++) values[i] += member.values[i] / count;
  const mean = (of: keyof Shown) => members.reduce((sum, { shown }) => sum + shown[of], 0) / count;
  return { values, shown: { midi: mean('midi'), loudness: mean('loudness') } };
}

/** Draws an index with probabilities in proportion to the weights. */
function drawIndex(weights: readonly number[], random: Random): number {
  let left = random.uniform() * weights.reduce((sum, weight) => sum + weight, 0);
  const found = weights.findIndex((weight) => (left -= weight) < 0);
  return found === -1 ? weights.length - 1 : found; // rounding may leave a little
}
