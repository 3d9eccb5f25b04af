import { type Direction, MODALITIES } from '@cmcgan/model';
import { precisionRecall, type PrecisionRecall } from '../metrics/precision-recall';
import { outputsFrom } from '../samples/directions';
import type { GeneratedOutcome } from './score-generated';
import type { RealOutcome } from './score-real';

/** Precision and recall of one direction, on the judge's features. */
export interface PrecisionRecallMeasure {
  /** Of samples generated from test inputs, against real test samples. */
  readonly generated: PrecisionRecall;
  readonly direct: PrecisionRecall | null;
  /** Of as many real training samples as there are test samples, evenly spaced in their order: about the most that a generator can reach. */
  readonly real: PrecisionRecall;
}

/** Fewer samples of a kind have no third neighbour. */
const FEWEST = 4;

/** The precision and recall of a direction; null if the model lacks it, or if there are too few samples. */
export function measurePrecisionRecall(
  direction: Direction,
  generated: readonly GeneratedOutcome[],
  features: Readonly<Record<'train' | 'test', Pick<RealOutcome, 'features'>>>,
): PrecisionRecallMeasure | null {
  const { from, to } = MODALITIES[direction];
  const outputs = outputsFrom(generated, from);
  const [train, real] = [features.train.features[to], features.test.features[to]];
  if (!outputs || train.length < FEWEST || real.length < FEWEST) return null;
  const { main, direct } = outputs;
  const of = (samples: readonly Float32Array[]) => precisionRecall({ real, generated: samples });
  return { generated: of(main.features), direct: direct && of(direct.features), real: of(evenly(train, real.length)) };
}

/** `count` items, evenly spaced; all of them if there are no more. */
function evenly<T>(items: readonly T[], count: number): T[] {
  const taken = Math.min(count, items.length);
  return Array.from({ length: taken }, (_, i) => items[Math.floor((i * items.length) / taken)]);
}
