import type { Modality } from '@cmcgan/model';
import { auditData, auditJudges, type AuditItem } from './audit/audit';
import type { NamedModel } from './evaluated-model';
import { evaluateModel, type ModelFigures } from './evaluate-model';
import { measureReference, type EvaluationControls, type Reference, type ReferenceParts } from './reference';
import { scoreCell, type ScoreCell } from './tables/cell';

/** What the figures of an evaluation were measured with. */
export interface EvaluationFacts {
  readonly seed: number;
  readonly data: {
    readonly manifestHash: string;
    readonly classNames: readonly string[];
    readonly pairs: Readonly<Record<'train' | 'test', number>>;
    /** Pairs that the figures were measured on. */
    readonly used: Readonly<Record<'train' | 'test', number>>;
    /** The test pairs that were used, in the order of the models' answers. */
    readonly testPairs: readonly { readonly id: string; readonly classId: number }[];
    /** Whether the true pitch and loudness were given. */
    readonly simulated: boolean;
    readonly decibelRange: { readonly floorDb: number; readonly ceilingDb: number };
  };
  /** The judges' scores on real pairs; those on test pairs are also the columns V and A of Table 2. */
  readonly judge: {
    readonly real: Readonly<Record<'train' | 'test', Readonly<Record<Modality, ScoreCell>>>>;
  };
}

/** One model with all its figures. */
export interface ModelEvaluation extends ModelFigures {
  readonly name: string;
  readonly variant: string | null;
}

/** The paper's tables and more, for one or several models, as plain JSON. */
export interface Evaluation extends EvaluationFacts {
  /** Whether the figures can be trusted, or why they may be too good. */
  readonly audit: readonly AuditItem[];
  /** In the order given. */
  readonly models: readonly ModelEvaluation[];
}

export interface EvaluateParts extends ReferenceParts {
  readonly models: readonly NamedModel[];
}

/**
 * Evaluates models on the data's validation split as the paper does, on the current backend: the same models, data, judges and seed give
 * the same figures. The caller still owns models and judges.
 *
 * @throws if there is no model, two models share a name, a split is empty, or judges and data have different classes
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

/** Describes a reference as plain JSON: what its models' figures are measured with. */
export function evaluationFacts({ data, judges, seed, train, test, truth }: Reference): EvaluationFacts {
  const { manifestHash, splits, decibelRange, classNames } = data;
  const judge = ({ actual, predictions }: Reference['test']) => ({
    V: scoreCell(actual, predictions.V, judges.classNames),
    A: scoreCell(actual, predictions.A, judges.classNames),
  });
  const pairs = { train: splits.train.length, test: splits.validation.length };
  const used = { train: train.pairs.length, test: test.pairs.length };
  const testPairs = test.pairs.map(({ id, classId }) => ({ id, classId }));
  return {
    seed,
    data: { manifestHash, classNames, pairs, used, testPairs, simulated: truth !== null, decibelRange: { ...decibelRange } },
    judge: { real: { train: judge(train), test: judge(test) } },
  };
}

function assertNamed(models: readonly NamedModel[]): void {
  if (models.length === 0) throw new Error('evaluate: models must hold at least one model, got none');
  const names = models.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new Error(`evaluate: models must have different names, got ${twice} twice`);
}
