import { type Direction, MODALITIES } from '@cmcgan/model';
import { frechetDistance, type FrechetDistance } from '../metrics/frechet-distance';
import { outputsFrom } from '../samples/directions';
import type { GeneratedOutcome } from './score-generated';
import type { RealOutcome } from './score-real';

/** FID-style (images) and FAD-style (sounds) distances of one direction, on the judge's features. */
export interface FrechetMeasure {
  /** Between samples generated from test inputs and real test samples. */
  readonly generated: FrechetDistance;
  readonly direct: FrechetDistance | null;
  /** Between real training and real test samples: about the smallest distance that a generator can reach. */
  readonly real: FrechetDistance;
}

/** The distances of a direction; null if the model lacks it, or if there are fewer than two samples. */
export function measureFrechet(
  direction: Direction,
  generated: readonly GeneratedOutcome[],
  real: Readonly<Record<'train' | 'test', Pick<RealOutcome, 'features'>>>,
): FrechetMeasure | null {
  const { from, to } = MODALITIES[direction];
  const outputs = outputsFrom(generated, from);
  const [train, test] = [real.train.features[to], real.test.features[to]];
  if (!outputs || test.length < 2 || train.length < 2) return null;
  const { main, direct } = outputs;
  return {
    generated: frechetDistance(main.features, test),
    direct: direct && frechetDistance(direct.features, test),
    real: frechetDistance(train, test),
  };
}
