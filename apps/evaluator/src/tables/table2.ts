import type { GeneratedOutcome } from '../evaluation/score-generated';
import type { RealOutcome } from '../evaluation/score-real';
import { PAPER_TABLE2, type Table2Column } from '../paper/paper-figures';
import { scoreCell, type Cell } from './cell';
import { generatedCell } from './generated-cell';

/** Table 2: the classifiers' accuracy on test pairs; null where a model lacks the direction. */
export type Table2 = Record<Table2Column, Cell | null>;

/**
 * Fills Table 2: V and A by the unimodal classifiers, V-A by the multimodal one on real pairs, GV-A and GA-V by the same with one modality
 * generated from the other. The classifiers are trained on real pairs of the training split; a model only generates.
 */
export function table2(
  real: Pick<RealOutcome, 'actual' | 'predictions'>,
  generated: readonly GeneratedOutcome[],
  { variant, classNames }: { variant: string; classNames: readonly string[] },
): Table2 {
  const ofPaper = (column: Table2Column) => (variant === 'cmcgan' ? PAPER_TABLE2[column] : undefined);
  const realCell = (column: Table2Column, predicted: readonly number[]): Cell => ({
    ...scoreCell(real.actual, predicted, classNames),
    paper: PAPER_TABLE2[column],
    output: null,
    direct: null,
  });
  const fusedCell = (column: Table2Column, from: 'A' | 'V') =>
    generatedCell(generated, { from, verdict: 'fused', paper: ofPaper(column), classNames });
  return {
    V: realCell('V', real.predictions.V),
    A: realCell('A', real.predictions.A),
    'V-A': realCell('V-A', real.predictions.VA),
    'GV-A': fusedCell('GV-A', 'A'),
    'GA-V': fusedCell('GA-V', 'V'),
  };
}
