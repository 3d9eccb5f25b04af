import type { Evaluation, RunEvaluation } from '../evaluation/evaluation';
import { DIRECTIONS, TABLE2_COLUMNS, type Direction } from '../paper/paper-figures';
import { accuracyText, percent } from './format-cell';
import { textTable } from './text-table';

/** What the directions are called for people. */
export const DIRECTION_NAMES: Readonly<Record<Direction, string>> = {
  soundToImage: 'sound → image',
  imageToSound: 'image → sound',
};

const MARKS = { fine: 'ok     ', note: 'note   ', warning: 'WARNING' } as const;
const ofPaper = (paper: number | null | undefined) => (paper === null || paper === undefined ? '–' : percent(paper));

/** The audit and the tables as lines for a terminal. */
export function printEvaluation({ audit, runs }: Evaluation): string[] {
  return [
    '',
    'Audit',
    ...audit.map(({ level, about, text }) => `${MARKS[level]} ${about}: ${text}`),
    '',
    "Table 1: the judge's accuracy on generated samples, [95 % interval]; the paths' ends where there are any",
    ...textTable([['', 'run', 'train', 'test', 'direct, test', 'paper, test'], ...table1Rows(runs)]),
    '',
    'Table 2: classifiers on test pairs; G: generated from the other modality',
    ...textTable([['', 'run', 'accuracy', 'direct', 'late fusion', 'paper'], ...table2Rows(runs)]),
    '',
  ];
}

function table1Rows(runs: readonly RunEvaluation[]): string[][] {
  return DIRECTIONS.flatMap((direction) =>
    runs.flatMap(({ run, table1 }) => {
      const { train, test } = table1[direction];
      if (test === null) return [];
      const cells = [accuracyText(train), accuracyText(test), accuracyText(test.direct), ofPaper(test.paper)];
      return [[DIRECTION_NAMES[direction], run.name, ...cells]];
    }),
  );
}

function table2Rows(runs: readonly RunEvaluation[]): string[][] {
  return TABLE2_COLUMNS.flatMap((column) => {
    const generated = column.startsWith('G');
    return (generated ? runs : runs.slice(0, 1)).flatMap(({ run, table2 }) => {
      const cell = table2[column];
      if (cell === null) return [];
      const texts = [cell, cell.direct, cell.late].map(accuracyText);
      return [[column, generated ? run.name : '', ...texts, ofPaper(cell.paper)]];
    });
  });
}
