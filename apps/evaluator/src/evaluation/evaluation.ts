import { evaluationFacts, type AuditItem, type EvaluationFacts, type ModelFigures, type Reference } from '@cmcgan/evaluation';
import type { CheckpointInfo } from '@cmcgan/training/node';

/** Marks evaluation.json; another number is another layout. */
export const EVALUATION_FORMAT = 'cmcgan-evaluation/1';

/** A run as an evaluation names it. */
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

/** What evaluation.json holds: the figures of the first run on top, those of all in `runs`, and what they were measured with. */
export interface Evaluation extends RunEvaluation, EvaluationFacts {
  readonly format: typeof EVALUATION_FORMAT;
  readonly backend: string;
  readonly judge: EvaluationFacts['judge'] & { readonly origin: string };
  readonly audit: readonly AuditItem[];
  readonly runs: readonly RunEvaluation[];
}

/** Puts an evaluation together: the first run's figures on top, all of them in `runs`. */
export function assembleEvaluation(
  runs: readonly RunEvaluation[],
  reference: Reference,
  { audit, backend, origin }: Pick<Evaluation, 'audit' | 'backend'> & Pick<Evaluation['judge'], 'origin'>,
): Evaluation {
  const { seed, data, judge } = evaluationFacts(reference);
  return {
    format: EVALUATION_FORMAT,
    ...runs[0],
    ...{ seed, backend, data, judge: { origin, ...judge }, audit, runs },
  };
}
