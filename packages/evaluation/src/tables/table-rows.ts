import { DIRECTIONS, type Direction } from '@cmcgan/model';
import { accuracyText, percent } from './format-cell';
import { TABLE2_COLUMNS } from './paper';
import type { Table1 } from './table1';
import type { Table2 } from './table2';

/** The directions' names in reports. */
export const DIRECTION_NAMES: Readonly<Record<Direction, string>> = {
  soundToImage: 'sound → image',
  imageToSound: 'image → sound',
};

/** A model's tables, with the name that its rows get. */
export interface NamedTables {
  readonly name: string;
  readonly table1: Table1;
  readonly table2: Table2;
}

/** Whether the paper's figures get a column. They are of real recordings, so they mean nothing next to simulated data. */
export interface RowOptions {
  readonly comparesPaper: boolean;
}

const ofPaper = (paper: number | null) => (paper === null ? '–' : percent(paper));
const paperHead = ({ comparesPaper }: RowOptions) => (comparesPaper ? ['paper, test'] : []);

/** Table 1 as rows of text, the header first: a row for each direction of each model. */
export function table1Rows(models: readonly Pick<NamedTables, 'name' | 'table1'>[], options: RowOptions): string[][] {
  const rows = DIRECTIONS.flatMap((direction) =>
    models.flatMap(({ name, table1 }) => {
      const { train, test } = table1[direction];
      if (test === null) return [];
      const cells = [train, test, test.direct].map(accuracyText);
      return [[DIRECTION_NAMES[direction], name, ...cells, ...(options.comparesPaper ? [ofPaper(test.paper)] : [])]];
    }),
  );
  return [['', 'run', 'train', 'test', 'direct, test', ...paperHead(options)], ...rows];
}

/** Cells of Table 2 that models have only if pairs are known which they did not see, with their names in reports. */
const LEARNT_CELLS = [
  { key: 'pooled', name: 'opinion pool' },
  { key: 'taught', name: 'taught' },
] as const;

/** Those that at least one of the models has. */
export const learntCells = (models: readonly Pick<NamedTables, 'table2'>[]) =>
  LEARNT_CELLS.filter(({ key }) => models.some(({ table2 }) => table2['V-A']?.[key]));

/**
 * Table 2 as rows of text, the header first: columns of real pairs once, columns with a generated modality for each model. The opinion pool
 * gets a column if one of the models has its weights, and so does a classifier that was trained on generated halves. Calibration errors are those of the same classifiers, in their order.
 */
export function table2Rows(models: readonly Pick<NamedTables, 'name' | 'table2'>[], options: RowOptions): string[][] {
  const learnt = learntCells(models);
  const rows = TABLE2_COLUMNS.flatMap((column) => {
    const isGenerated = column.startsWith('G');
    return (isGenerated ? models : models.slice(0, 1)).flatMap(({ name, table2 }) => {
      const cell = table2[column];
      if (cell === null) return [];
      const fused = [cell.late, ...learnt.map(({ key }) => cell[key])];
      const texts = [...[cell, cell.direct, ...fused].map(accuracyText), calibrationText([cell, ...fused])];
      return [[column, isGenerated ? name : '', ...texts, ...(options.comparesPaper ? [ofPaper(cell.paper)] : [])]];
    });
  });
  const head = ['', 'run', 'accuracy', 'direct', 'late fusion', ...learnt.map(({ name }) => name), 'calibration error'];
  return [[...head, ...paperHead(options)], ...rows];
}

/** Expected calibration errors of classifiers, in percent: "6.3, 2.1 %". */
export function calibrationText(cells: readonly ({ readonly calibrationError: number } | null)[]): string {
  const errors = cells.flatMap((cell) => (cell === null ? [] : [(100 * cell.calibrationError).toFixed(1)]));
  return `${errors.join(', ')} %`;
}
