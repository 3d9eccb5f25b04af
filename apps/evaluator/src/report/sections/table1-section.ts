import { MADE, type ScoreCell } from '@cmcgan/evaluation';
import { type Direction, DIRECTIONS } from '@cmcgan/model';
import type { Evaluation, RunEvaluation } from '../../evaluation/evaluation';
import { escapeHtml, htmlTable, section } from '../html';
import { DIRECTION_NAMES } from '../print-evaluation';
import { accuracyHtml, barLegend, paperHtml } from './accuracy-cell';

const LEAD = `A judge that was trained on real training samples names the class of the generated ones; the figure is how often it is right. <i>test</i>: made
from inputs that no generator was trained on, which is what counts; <i>train</i>: from those that it was trained on. The paper judges the end of a path (A→A→V, V→V→A);
<i>direct</i> is the sample made in one step (A→V, V→A).`;

/** Table 1, a row for each run that has the direction, below what real samples get; the paper's figures beside those of real data. */
export function table1Section({ runs, judge, data }: Evaluation): string {
  const comparesPaper = !data.simulated;
  const tables = DIRECTIONS.map((direction) => {
    const rows = runs.flatMap((run) => runRow(run, direction, comparesPaper));
    if (rows.length === 0) return '';
    const { made, judge: which } = MADE[direction];
    const real = (split: ScoreCell) => [accuracyHtml(split), ...(comparesPaper ? [''] : [])];
    const realRow = [`real ${made}`, ...real(judge.real.test[which]), ...real(judge.real.train[which]), '', ''];
    const paper = comparesPaper ? ['paper'] : [];
    const head = ['run', 'test', ...paper, 'train', ...paper, 'direct, test', 'direct, train'];
    return `<h3>${DIRECTION_NAMES[direction]}</h3>${htmlTable(head, [...rows, realRow])}`;
  });
  return section(
    'table1',
    'Table 1: does a judge recognise what was made?',
    `${LEAD} ${barLegend(comparesPaper)}`,
    tables.join('\n'),
  );
}

function runRow({ run, table1 }: RunEvaluation, direction: Direction, comparesPaper: boolean): string[][] {
  const { train, test } = table1[direction];
  if (test === null) return [];
  const output = test.output === 'pathEnd' ? 'path end' : 'direct';
  const cells = [test, train].flatMap((cell) =>
    comparesPaper ? [accuracyHtml(cell, cell?.paper), paperHtml(cell)] : [accuracyHtml(cell)],
  );
  const direct = [test, train].map((cell) => accuracyHtml(cell?.direct ?? null));
  return [[`${escapeHtml(run.name)}<br><small>${escapeHtml(run.variant)}, ${output}</small>`, ...cells, ...direct]];
}
