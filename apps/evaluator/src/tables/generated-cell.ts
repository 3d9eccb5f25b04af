import type { Modality } from '@cmcgan/model';
import { mainWay, wayOf } from '../evaluation/main-way';
import type { GeneratedOutcome } from '../evaluation/score-generated';
import { scoreCell, type Cell } from './cell';

export interface GeneratedCellOptions {
  readonly from: Modality;
  /** Whose verdict: the judge's on the generated sample alone, or the multimodal classifier's. */
  readonly verdict: 'predictions' | 'fused';
  readonly paper: number | undefined;
  readonly classNames: readonly string[];
}

/** The cell of what was generated from a modality; null where the model has no way from there. */
export function generatedCell(outcomes: readonly GeneratedOutcome[], options: GeneratedCellOptions): Cell | null {
  const { from, verdict, paper, classNames } = options;
  const main = mainWay(outcomes, from);
  if (!main) return null;
  const direct = main.way.output === 'pathEnd' ? wayOf(outcomes, from, 'direct') : undefined;
  const score = (outcome: GeneratedOutcome) => scoreCell(outcome.actual, outcome[verdict], classNames);
  return { ...score(main), paper: paper ?? null, output: main.way.output, direct: direct ? score(direct) : null };
}
