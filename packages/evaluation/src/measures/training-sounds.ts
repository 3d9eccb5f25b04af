import type { Random } from '@cmcgan/random';
import { meanOfSimilar, type TrainingSample } from './mean-of-similar';

/** How far a generated sound may be from the mean of all, compared with a real one. */
const FADED = 0.7;

/**
 * For each real sound of an instrument, six: itself, the mean of four that are very like it and of eight that are less so, and each faded, that is, nearer to the
 * mean of all sounds. Partials stand out less in a generated sound, and are spread over the pitches that may be right.
 */
export function* trainingSounds(real: readonly TrainingSample[], random: Random): Generator<TrainingSample> {
  const mean = meanOfAll(real);
  for (const each of real) {
    const close = meanOfSimilar(real, each, { count: 4, semitones: 0.5, random });
    const near = meanOfSimilar(real, each, { count: 8, semitones: 1, random });
    for (const sound of [each, close, near]) {
      yield sound;
      yield { values: faded(sound.values, mean), shown: sound.shown };
    }
  }
}

const faded = (values: ArrayLike<number>, mean: Float32Array): Float32Array =>
  mean.map((middle, i) => middle + FADED * (values[i] - middle));

function meanOfAll(samples: readonly TrainingSample[]): Float32Array {
  const mean = new Float32Array(samples[0].values.length);
  for (const { values } of samples) for (let i = 0; i < mean.length; i++) mean[i] += values[i] / samples.length;
  return mean;
}
