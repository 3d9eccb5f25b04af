import { auditData, auditJudges, type AuditItem } from './audit/audit';
import type { NamedModel } from './evaluated-model';
import { evaluateModel, type ModelFigures } from './evaluate-model';
import { measureReference, type EvaluationControls, type Reference, type ReferenceParts } from './reference';
import { scoreCell, type ScoreCell } from './tables/cell';

/** What an evaluation was measured with. */
export interface EvaluationFacts {
  readonly seed: number;
  readonly data: {
    readonly manifestHash: string;
    readonly classNames: readonly string[];
    readonly pairs: Readonly<Record<'train' | 'test', number>>;
    /** Pairs that figures are of. */
    readonly used: Readonly<Record<'train' | 'test', number>>;
    /** Whether pitch and loudness were known. */
    readonly simulated: boolean;
    readonly decibelRange: { readonly floorDb: number; readonly ceilingDb: number };
  };
  /** The judge on real pairs; of test pairs, V and A are in Table 2 too. */
  readonly judge: {
    readonly real: Readonly<Record<'train' | 'test', Readonly<Record<'V' | 'A', ScoreCell>>>>;
  };
}

/** One model with all its figures. */
export interface ModelEvaluation extends ModelFigures {
  readonly name: string;
  readonly variant: string | null;
}

/** The paper's tables and more, for one or several models. It is plain JSON. */
export interface Evaluation extends EvaluationFacts {
  /** What makes the figures trustworthy, or too good. */
  readonly audit: readonly AuditItem[];
  /** In the order that they were given in. */
  readonly models: readonly ModelEvaluation[];
}

export interface EvaluateParts extends ReferenceParts {
  readonly models: readonly NamedModel[];
}

/**
 * Evaluates models on the data's validation split as the paper does, on the current backend: the same models, data, judges and seed give
 * the same figures. Models and judges stay the caller's.
 *
 * @throws where there is no model, two have one name, a split is empty, or judges and data are of different classes
 */
export async function evaluate({ models, ...parts }: EvaluateParts, controls: EvaluationControls = {}): Promise<Evaluation> {
  assertNamed(models);
  const reference = await measureReference(parts, controls);
  const evaluated: ModelEvaluation[] = [];
  for (const named of models) {
    const { name, variant = null } = named;
    evaluated.push({ name, variant, ...(await evaluateModel(named, reference, controls)) });
  }
  const { data, judges } = parts;
  return { ...evaluationFacts(reference), audit: [...auditData(data), ...auditJudges(judges, data)], models: evaluated };
}

/** What the figures of a reference's models are measured with, as plain JSON. */
export function evaluationFacts({ data, judges, seed, train, test, truth }: Reference): EvaluationFacts {
  const { manifestHash, splits, decibelRange, classNames } = data;
  const judge = ({ actual, predictions }: Reference['test']) => ({
    V: scoreCell(actual, predictions.V, judges.classNames),
    A: scoreCell(actual, predictions.A, judges.classNames),
  });
  const pairs = { train: splits.train.length, test: splits.validation.length };
  const used = { train: train.pairs.length, test: test.pairs.length };
  return {
    seed,
    data: { manifestHash, classNames, pairs, used, simulated: truth !== null, decibelRange: { ...decibelRange } },
    judge: { real: { train: judge(train), test: judge(test) } },
  };
}

function assertNamed(models: readonly NamedModel[]): void {
  if (models.length === 0) throw new Error('evaluate: models must hold a model at least, got none');
  const names = models.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new Error(`evaluate: models must have names of their own, got ${twice} twice`);
}
