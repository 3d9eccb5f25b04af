import { accuracyOf, poolOpinions, type Accuracy, type PoolWeights, type RobustKind } from '@cmcgan/classifier';
import { createRandom } from '@cmcgan/random';
import { mostLikely } from '../metrics/late-fusion';
import { missingRateSweep, type Outcomes } from '../metrics/missing-rate-sweep';
import { outputsFrom } from '../samples/directions';
import type { GeneratedOutcome } from './score-generated';
import type { RealOutcome } from './score-real';

/**
 * How pairs are classified, some of which lack a modality. `zeroFilled`, `generated` and `single` replace the missing half by zeros, by a
 * generated one, or go by the other modality's classifier alone, and classify complete pairs with the multimodal classifier. `late` and
 * `pooled` add the log-probabilities of the image classifier and the sound classifier for all pairs, a missing half generated; `pooled`
 * with the weights of an opinion pool. `taught` classifies all pairs by the classifier that was trained on generated halves too. The
 * others were trained to do without a modality.
 */
export type MissingStrategy = 'zeroFilled' | 'generated' | 'single' | 'late' | 'pooled' | 'taught' | RobustKind;

/** Accuracies at one missing rate. */
export interface MissingRatePoint {
  /** Share of the test pairs that lack the modality. */
  readonly rate: number;
  readonly missing: number;
  readonly accuracy: Readonly<Partial<Record<MissingStrategy, Accuracy>>>;
}

/** The sweep for each modality. */
export type MissingRateMeasure = Record<'image' | 'sound', readonly MissingRatePoint[]>;

const RATES = Array.from({ length: 11 }, (_, i) => i / 10);

type Real = Pick<RealOutcome, 'actual' | 'predictions' | 'logProbabilities' | 'robust'>;

export interface MissingRateOptions {
  /** For the order in which pairs lose a modality. */
  readonly seed: number;
  /** The weights of an opinion pool that were fitted for the model. */
  readonly weights?: PoolWeights;
  /** The log-probabilities that the classifier which was trained on generated halves gives the real pairs. */
  readonly taughtReal?: readonly Float32Array[];
}

/** Accuracy as more and more test pairs lack their image, or their sound. */
export function measureMissingRate(
  real: Real,
  generated: readonly GeneratedOutcome[],
  { seed, weights, taughtReal }: MissingRateOptions,
): MissingRateMeasure {
  const sweep = (missing: 'image' | 'sound'): MissingRatePoint[] => {
    const named = {
      ...jointly(real, generated, missing),
      ...fused(real, generated, { missing, weights }),
      ...taughtOn(taughtReal, generated, missing),
      ...robustly(real, missing),
    };
    const strategies = Object.entries(named).map(([strategy, { complete, incomplete }]) => {
      const right = (ids: readonly number[]) => ids.map((id, i) => id === real.actual[i]);
      const outcomes: Outcomes<'it'> = { complete: right(complete), missing: { it: right(incomplete) } };
      return { strategy, points: missingRateSweep(outcomes, RATES, createRandom(seed).fork(`missing ${missing}`)) };
    });
    return RATES.map((rate, i) => ({
      rate,
      missing: strategies[0].points[i].missing,
      accuracy: Object.fromEntries(
        strategies.map(({ strategy, points }) => [strategy, accuracyOf(points[i].correct.it, points[i].n)]),
      ),
    }));
  };
  return { image: sweep('image'), sound: sweep('sound') };
}

/** Predicted class ids of all pairs: if they are complete, and if they lack the modality. */
interface Named {
  readonly complete: readonly number[];
  readonly incomplete: readonly number[];
}
type NamedByStrategy = Partial<Record<MissingStrategy, Named>>;

function jointly(
  { predictions: { zeroImage, zeroSound, V, A, VA } }: Real,
  generated: readonly GeneratedOutcome[],
  missing: 'image' | 'sound',
): NamedByStrategy {
  const made = outputsFrom(generated, missing === 'image' ? 'A' : 'V')?.main;
  const entry = (incomplete: readonly number[]): Named => ({ complete: VA, incomplete });
  return {
    zeroFilled: entry(missing === 'image' ? zeroImage : zeroSound),
    ...(made && { generated: entry(made.fused) }),
    single: entry(missing === 'image' ? A : V),
  };
}

function fused(
  { logProbabilities: { V, A } }: Real,
  generated: readonly GeneratedOutcome[],
  { missing, weights }: { missing: 'image' | 'sound'; weights: PoolWeights | undefined },
): NamedByStrategy {
  const made = outputsFrom(generated, missing === 'image' ? 'A' : 'V')?.main.logProbabilities;
  if (!made) return {};
  const opinions = missing === 'image' ? { V: made, A } : { V, A: made };
  const both = { V: 1, A: 1 };
  const entry = (real: typeof both | PoolWeights['real'], partly: typeof real): Named => ({
    complete: mostLikely(poolOpinions({ V, A }, real)),
    incomplete: mostLikely(poolOpinions(opinions, partly)),
  });
  const partly = missing === 'image' ? weights?.generatedImage : weights?.generatedSound;
  return { late: entry(both, both), ...(weights && partly && { pooled: entry(weights.real, partly) }) };
}

function taughtOn(
  real: readonly Float32Array[] | undefined,
  generated: readonly GeneratedOutcome[],
  missing: 'image' | 'sound',
): NamedByStrategy {
  const made = outputsFrom(generated, missing === 'image' ? 'A' : 'V')?.main.taughtLogProbabilities;
  return real && made ? { taught: { complete: mostLikely(real), incomplete: mostLikely(made) } } : {};
}

function robustly({ robust }: Real, missing: 'image' | 'sound'): NamedByStrategy {
  const entries = Object.entries(robust).map(([kind, { complete, noImage, noSound }]) => [
    kind,
    { complete, incomplete: missing === 'image' ? noImage : noSound },
  ]);
  return Object.fromEntries(entries) as NamedByStrategy;
}
