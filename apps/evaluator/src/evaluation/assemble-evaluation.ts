import type { Dataset } from '@cmcgan/sub-urmp';
import type { AuditItem } from '../audit/audit-item';
import { scoreCell } from '../tables/cell';
import { EVALUATION_FORMAT, type Evaluation } from './evaluation';
import type { MeasuredRun } from './measured-run';
import type { Reference } from './reference';

export interface AssembleOptions {
  readonly audit: readonly AuditItem[];
  readonly backend: string;
  readonly origin: string;
}

/** Puts an evaluation together: the first run's figures on top, all of them in `runs`. */
export function assembleEvaluation(
  runs: readonly MeasuredRun[],
  reference: Reference,
  { audit, backend, origin }: AssembleOptions,
): Evaluation {
  const { dataset, judges, seed, train, test, truth } = reference;
  const judge = ({ actual, predictions }: Reference['test']) => ({
    V: scoreCell(actual, predictions.V, judges.classNames),
    A: scoreCell(actual, predictions.A, judges.classNames),
  });
  const evaluations = runs.map(({ evaluation }) => evaluation);
  return {
    format: EVALUATION_FORMAT,
    ...evaluations[0],
    seed,
    backend,
    data: describeData(dataset, { train: train.pairs.length, test: test.pairs.length }, truth !== null),
    judge: { origin, real: { train: judge(train), test: judge(test) } },
    audit,
    runs: evaluations,
  };
}

function describeData(
  { manifestHash, splits, decibelRange, classNames }: Dataset,
  used: Record<'train' | 'test', number>,
  simulated: boolean,
): Evaluation['data'] {
  const pairs = { train: splits.train.length, test: splits.validation.length };
  return { manifestHash, classNames, pairs, used, simulated, decibelRange: { ...decibelRange } };
}
