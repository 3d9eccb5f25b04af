import { SAMPLE_SHAPES } from '@cmcgan/model';
import type { Random } from '@cmcgan/random';
import { gaussianBlur } from '../metrics/gaussian-blur';
import { withFaintPattern } from './faint-pattern';
import { meanOfSimilar, type TrainingSample } from './mean-of-similar';

/**
 * For each real picture of an instrument, nine: itself and the mean of some that are like it, each also blurred, since generated pictures are less sharp than
 * real ones and where the instrument points is seen all the same; and most of those under a faint pattern, which nobody sees. One at a time, for memory.
 */
export function* trainingPictures(real: readonly TrainingSample[], random: Random): Generator<TrainingSample> {
  for (const each of real) {
    yield* withFaint(each, random);
    yield* withFaint(blurred(each, 2), random);
    yield blurred(each, 4);
    const mean = meanOfSimilar(real, each, { count: 4, semitones: 0.5, random });
    yield* withFaint(mean, random);
    yield* withFaint(blurred(mean, 2), random);
  }
}

/** `sigma` in pixels. */
const blurred = ({ values, shown }: TrainingSample, sigma: number): TrainingSample => ({
  values: gaussianBlur(values, { size: SAMPLE_SHAPES.V[0], sigma }),
  shown,
});

function* withFaint(picture: TrainingSample, random: Random): Generator<TrainingSample> {
  yield picture;
  yield { values: withFaintPattern(picture.values, random), shown: picture.shown };
}
