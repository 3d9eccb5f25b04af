import { accuracyText, percent, TABLE2_COLUMNS, verdictsOf } from '@cmcgan/evaluation';
import { type Direction, DIRECTIONS } from '@cmcgan/model';
import type { Evaluation, RunEvaluation } from '../evaluation/evaluation';
import { textTable } from './text-table';

/** What the directions are called for people. */
export const DIRECTION_NAMES: Readonly<Record<Direction, string>> = {
  soundToImage: 'sound → image',
  imageToSound: 'image → sound',
};

const MARKS = { fine: 'ok     ', note: 'note   ', warning: 'WARNING' } as const;
const ofPaper = (paper: number | null | undefined) => (paper === null || paper === undefined ? '–' : percent(paper));

/** The audit, the tables and what they come to, as lines for a terminal; the paper's figures are of real recordings. */
export function printEvaluation(evaluation: Evaluation): string[] {
  const { audit, runs, data } = evaluation;
  const paper = data.simulated ? [] : ['paper, test'];
  return [
    '',
    'Audit',
    ...auditLines(audit),
    '',
    "Table 1: the judge's accuracy on generated samples, [95 % interval]; the paths' ends where there are any",
    ...textTable([['', 'run', 'train', 'test', 'direct, test', ...paper], ...table1Rows(runs, !data.simulated)]),
    '',
    'Table 2: classifiers on test pairs; G: generated from the other modality',
    ...textTable([['', 'run', 'accuracy', 'direct', 'late fusion', ...paper], ...table2Rows(runs, !data.simulated)]),
    '',
    ...verdictsOf(evaluation.table1, evaluation.judge.real.test).map(({ claim, grounds }) => `${claim} ${grounds}`),
    '',
  ];
}

/** All of the audit where it found something; else that it did not. */
function auditLines(audit: Evaluation['audit']): string[] {
  if (!audit.some(({ level }) => level === 'warning'))
    return [`${MARKS.fine} nothing was found that would make the figures too good`];
  return audit.map(({ level, about, text }) => `${MARKS[level]} ${about}: ${text}`);
}

function table1Rows(runs: readonly RunEvaluation[], comparesPaper: boolean): string[][] {
  return DIRECTIONS.flatMap((direction) =>
    runs.flatMap(({ run, table1 }) => {
      const { train, test } = table1[direction];
      if (test === null) return [];
      const cells = [accuracyText(train), accuracyText(test), accuracyText(test.direct)];
      return [[DIRECTION_NAMES[direction], run.name, ...cells, ...(comparesPaper ? [ofPaper(test.paper)] : [])]];
    }),
  );
}

function table2Rows(runs: readonly RunEvaluation[], comparesPaper: boolean): string[][] {
  return TABLE2_COLUMNS.flatMap((column) => {
    const generated = column.startsWith('G');
    return (generated ? runs : runs.slice(0, 1)).flatMap(({ run, table2 }) => {
      const cell = table2[column];
      if (cell === null) return [];
      const texts = [cell, cell.direct, cell.late].map(accuracyText);
      return [[column, generated ? run.name : '', ...texts, ...(comparesPaper ? [ofPaper(cell.paper)] : [])]];
    });
  });
}
