import type { FittedPool } from '@cmcgan/classifier';
import { evaluationFacts, type AuditItem, type EvaluationFacts, type ModelFigures, type Reference } from '@cmcgan/evaluation';
import type { CheckpointInfo } from '@cmcgan/training/node';

/** The format of evaluation.json; its number changes with the layout. */
export const EVALUATION_FORMAT = 'cmcgan-evaluation/1';

/** The description of a run in an evaluation. */
export interface EvaluatedRun {
  readonly name: string;
  readonly variant: string;
  readonly preset: string;
  readonly seed: number;
  readonly dataHash: string;
  readonly parameters: number;
  readonly checkpoint: Omit<CheckpointInfo, 'folder'>;
}

/** One run with all its figures. */
export interface RunEvaluation extends ModelFigures {
  readonly run: EvaluatedRun;
}

/** The contents of evaluation.json: the first run's figures at the top level, those of all runs in `runs`, and how they were measured. */
export interface Evaluation extends RunEvaluation, EvaluationFacts {
  readonly format: typeof EVALUATION_FORMAT;
  readonly backend: string;
  readonly judge: EvaluationFacts['judge'] & { readonly origin: string };
  readonly audit: readonly AuditItem[];
  /** The opinion pool of Table 2, and how well it is calibrated on the pairs that it was fitted on; null if none was fitted. */
  readonly pool: FittedPool | null;
  readonly runs: readonly RunEvaluation[];
}

/** Assembles an evaluation: the first run's figures at the top level, those of all runs in `runs`. */
export function assembleEvaluation(
  runs: readonly RunEvaluation[],
  reference: Reference,
  { audit, backend, origin, pool }: Pick<Evaluation, 'audit' | 'backend' | 'pool'> & Pick<Evaluation['judge'], 'origin'>,
): Evaluation {
  const { seed, data, judge } = evaluationFacts(reference);
  return {
    format: EVALUATION_FORMAT,
    ...runs[0],
    ...{ seed, backend, data, judge: { origin, ...judge }, audit, pool, runs },
  };
}
