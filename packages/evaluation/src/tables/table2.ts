import type { Modality } from '@cmcgan/model';
import type { GeneratedOutcome } from '../measures/score-generated';
import type { RealOutcome } from '../measures/score-real';
import { fuseLate } from '../metrics/late-fusion';
import { outputsFrom } from '../samples/directions';
import { generatedCell, scoreCell, type Cell, type ScoreCell } from './cell';
import { PAPER_TABLE2, type Table2Column } from './paper';

/** A cell of Table 2. */
export interface Table2Cell extends Cell {
  /** Late fusion: the log-probabilities of V and A added, instead of the multimodal classifier. Null for a single modality. */
  readonly late: ScoreCell | null;
}

/** Table 2: the classifiers' accuracy on test pairs; null if a model lacks the direction. */
export type Table2 = Record<Table2Column, Table2Cell | null>;

/**
 * Fills Table 2 for one model: V and A by the unimodal classifiers, V-A by the multimodal one on real pairs, GV-A and GA-V by the
 * multimodal one with one modality generated from the other. The classifiers are trained on real pairs of the training split; the model
 * only generates.
 */
export function table2(
  real: Pick<RealOutcome, 'actual' | 'predictions' | 'logProbabilities'>,
  generated: readonly GeneratedOutcome[],
  { variant, classNames }: { variant?: string; classNames: readonly string[] },
): Table2 {
  const ofPaper = (column: Table2Column) => (variant === 'cmcgan' || variant === 'cmcgan-7' ? PAPER_TABLE2[column] : undefined);
  const { V, A } = real.logProbabilities;
  const late = (image: typeof V, sound: typeof A) => scoreCell(real.actual, fuseLate(image, sound), classNames);
  const realCell = (column: Table2Column, predicted: readonly number[], fusedLate: ScoreCell | null): Table2Cell => ({
    ...scoreCell(real.actual, predicted, classNames),
    ...{ paper: PAPER_TABLE2[column], output: null, direct: null, late: fusedLate },
  });
  const fusedCell = (column: Table2Column, from: Modality): Table2Cell | null => {
    const cell = generatedCell(generated, { from, verdict: 'fused', paper: ofPaper(column), classNames });
    const made = outputsFrom(generated, from)?.main.logProbabilities;
    return cell && made ? { ...cell, late: from === 'A' ? late(made, A) : late(V, made) } : null;
  };
  return {
    V: realCell('V', real.predictions.V, null),
    A: realCell('A', real.predictions.A, null),
    'V-A': realCell('V-A', real.predictions.VA, late(V, A)),
    'GV-A': fusedCell('GV-A', 'A'),
    'GA-V': fusedCell('GA-V', 'V'),
  };
}
