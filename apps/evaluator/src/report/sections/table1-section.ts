import type { RunEvaluation } from '../../evaluation/evaluation';
import { DIRECTIONS } from '../../paper/paper-figures';
import { escapeHtml, htmlTable, section } from '../html';
import { DIRECTION_NAMES } from '../print-evaluation';
import { accuracyHtml, paperHtml } from './accuracy-cell';

const LEAD = `A judge trained on real training samples says of which instrument the generated ones are. From training and from test
inputs; the path's end (A→A→V, V→V→A), as the paper takes it, and the direct output (A→V, V→A) beside it. Lines show the 95 % interval (Wilson), a tall tick
the paper's figure, a faint one chance.`;

/** Table 1, a row for each run that has the direction. */
export function table1Section(runs: readonly RunEvaluation[]): string {
  const tables = DIRECTIONS.map((direction) => {
    const rows = runs.flatMap(({ run, table1 }) => {
      const { train, test } = table1[direction];
      if (test === null) return [];
      const output = test.output === 'pathEnd' ? 'path end' : 'direct';
      return [
        [
          `${escapeHtml(run.name)}<br><small>${escapeHtml(run.variant)}, ${output}</small>`,
          ...[accuracyHtml(train, train?.paper), paperHtml(train), accuracyHtml(test, test.paper), paperHtml(test)],
          ...[accuracyHtml(train?.direct ?? null), accuracyHtml(test.direct)],
        ],
      ];
    });
    const head = ['run', 'train', 'paper', 'test', 'paper', 'direct, train', 'direct, test'];
    return rows.length === 0 ? '' : `<h3>${DIRECTION_NAMES[direction]}</h3>${htmlTable(head, rows)}`;
  });
  return section('table1', 'Table 1: generated samples, judged', LEAD, tables.join('\n'));
}
