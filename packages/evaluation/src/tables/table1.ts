import { type Direction, MODALITIES } from '@cmcgan/model';
import type { GeneratedOutcome } from '../measures/score-generated';
import { byDirection } from '../samples/directions';
import { generatedCell, type Cell } from './cell';
import { PAPER_TABLE1 } from './paper';

/** Table 1: the judge's accuracy on samples generated from training and from test inputs; null if a model lacks the direction. */
export type Table1 = Record<Direction, { train: Cell | null; test: Cell | null }>;

/** Fills Table 1 for one model from the judge's predictions for its samples. */
export function table1(
  outcomes: Readonly<Record<'train' | 'test', readonly GeneratedOutcome[]>>,
  { variant = '', classNames }: { variant?: string; classNames: readonly string[] },
): Table1 {
  const cell = (direction: Direction, side: 'train' | 'test') =>
    generatedCell(outcomes[side], {
      from: MODALITIES[direction].from,
      verdict: 'predictions',
      paper: PAPER_TABLE1[variant]?.[direction]?.[side],
      classNames,
    });
  return byDirection((direction) => ({ train: cell(direction, 'train'), test: cell(direction, 'test') }));
}
