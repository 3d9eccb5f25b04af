import { wilsonInterval } from '@cmcgan/classifier';
import { DIRECTIONS, type Direction } from '@cmcgan/model';
import type { TruthName } from '../measures/describe-sample';
import type { TruthMeasure } from '../measures/ground-truth';
import type { AgainstChance, Interval } from '../metrics/against-chance';

/** A quantity of the samples of several evaluations, such as those of several seeds. */
export interface PooledTruth {
  readonly direction: Direction;
  readonly quantity: TruthName;
  /** Real samples, what the model generates, and its direct output next to that if it has both. */
  readonly samples: keyof TruthMeasure;
  /** Test pairs of all evaluations. */
  readonly n: number;
  /** Mean absolute error, with a 95 % interval that takes it as normally distributed. */
  readonly error: number;
  readonly errorInterval: Interval;
  /** Share of the estimates that are close, with Wilson's 95 % interval. */
  readonly closeShare: number;
  readonly closeInterval: Interval;
}

/** The figures of a `GroundTruthMeasure` that pooling needs. */
export type PoolableTruth = Readonly<
  Record<Direction, Readonly<Record<TruthName, Readonly<Record<keyof TruthMeasure, TruthFigures | null>>>> | null>
>;
type TruthFigures = Pick<AgainstChance, 'n' | 'error' | 'errorInterval' | 'closeShare'>;

const SAMPLES: readonly (keyof TruthMeasure)[] = ['real', 'generated', 'direct'];
const QUANTITIES: readonly TruthName[] = ['pitch', 'loudness'];

/**
 * Pools how well pitch and loudness are carried over in several evaluations, each on test pairs of its own, such as those simulated with its seed: every pair
 * counts once. Intervals would be too narrow for evaluations that share pairs. What an evaluation lacks is left out.
 *
 * @throws if there is no evaluation
 */
export function poolGroundTruth(measures: readonly PoolableTruth[]): PooledTruth[] {
  if (measures.length === 0) throw new RangeError('poolGroundTruth: measures must hold at least one evaluation, got none');
  return DIRECTIONS.flatMap((direction) =>
    QUANTITIES.flatMap((quantity) =>
      SAMPLES.flatMap((samples) => {
        const found = measures.flatMap((measure) => measure[direction]?.[quantity][samples] ?? []);
        return found.length < measures.length ? [] : [{ direction, quantity, samples, ...pool(found) }];
      }),
    ),
  );
}

function pool(parts: readonly TruthFigures[]): Omit<PooledTruth, 'direction' | 'quantity' | 'samples'> {
  const sum = (of: (part: TruthFigures) => number) => parts.reduce((total, part) => total + of(part), 0);
  const n = sum((part) => part.n);
  const close = sum((part) => Math.round(part.closeShare * part.n));
  const error = sum((part) => part.error * part.n) / n;
  // Half widths add like standard deviations, since the parts are independent.
  const spread = Math.sqrt(sum(({ n: own, errorInterval: [low, high] }) => (((high - low) / 2) * (own / n)) ** 2));
  const closeInterval = wilsonInterval(close, n);
  return { n, error, errorInterval: [error - spread, error + spread], closeShare: close / n, closeInterval };
}
