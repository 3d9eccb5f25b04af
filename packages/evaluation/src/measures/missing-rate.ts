import { accuracyOf, type Accuracy } from '@cmcgan/classifier';
import { createRandom } from '@cmcgan/random';
import { missingRateSweep } from '../metrics/missing-rate-sweep';
import { outputsFrom } from '../samples/directions';
import type { GeneratedOutcome } from './score-generated';
import type { RealOutcome } from './score-real';

/** What replaces a missing modality: zeros, a generated sample, or the other modality's classifier alone. */
export type MissingStrategy = 'zeroFilled' | 'generated' | 'single';

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

/** Accuracy as more and more test pairs lack their image, or their sound. */
export function measureMissingRate(
  real: Pick<RealOutcome, 'actual' | 'predictions'>,
  generated: readonly GeneratedOutcome[],
  seed: number,
): MissingRateMeasure {
  const right = (predicted: readonly number[]) => predicted.map((id, i) => id === real.actual[i]);
  const sweep = (missing: 'image' | 'sound'): MissingRatePoint[] => {
    const made = outputsFrom(generated, missing === 'image' ? 'A' : 'V')?.main;
    const { zeroImage, zeroSound, V, A } = real.predictions;
    const strategies: Partial<Record<MissingStrategy, boolean[]>> = {
      zeroFilled: right(missing === 'image' ? zeroImage : zeroSound),
      ...(made && { generated: right(made.fused) }),
      single: right(missing === 'image' ? A : V),
    };
    const outcomes = { complete: right(real.predictions.VA), missing: strategies as Record<MissingStrategy, boolean[]> };
    const points = missingRateSweep(outcomes, RATES, createRandom(seed).fork(`missing ${missing}`));
    return points.map(({ rate, missing: count, n, correct }) => ({
      rate,
      missing: count,
      accuracy: Object.fromEntries(Object.entries(correct).map(([name, value]) => [name, accuracyOf(value, n)])),
    }));
  };
  return { image: sweep('image'), sound: sweep('sound') };
}
