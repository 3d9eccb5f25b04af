import {
  calibrationText,
  compareAlone,
  DIRECTION_NAMES,
  MADE,
  TABLE2_COLUMNS,
  learntCells,
  type FusedCell,
  type ScoreCell,
  type Table2Column,
} from '@cmcgan/evaluation';
import { DIRECTIONS, type Direction } from '@cmcgan/model';
import { accuracyHtml, barLegend, escapeHtml, htmlTable, paperHtml, section } from '@cmcgan/pages';
import type { Evaluation, RunEvaluation } from '../../evaluation/evaluation';

const TABLE1_LEAD = `A judge trained on real training samples classifies the generated ones; the figure is its accuracy. <i>test</i>: generated from inputs that no
generator was trained on, which is what counts; <i>train</i>: generated from training inputs. The paper judges the end of a path (A→A→V, V→V→A);
<i>direct</i> is the sample generated in one step (A→V, V→A).`;

const TABLE2_LEAD = `If one half of a pair is missing, can a generated one replace it? Classifiers trained on real training pairs classify test pairs by the image (V), the
sound (A), both (V-A: the spectrogram is the image's fourth channel), and both with one half generated from the other: in GV-A the image is generated from the sound,
in GA-V the sound from the image. GV-A has no information but the sound, so A is about the best that it can reach, as V is for GA-V. <i>Late fusion</i> adds the
log-probabilities of V and A instead; there, a confident sound classifier can outvote a wrong image classifier. The <i>opinion pool</i> (with <code>--cross-fit</code>) adds them with
weights learnt on training pairs that neither generator nor classifiers had seen, so that a generated half counts as far as it can be trusted; the <i>taught</i> classifier was
trained on such pairs, some with a generated half. Their points over one alone are on the same pairs. The <i>calibration error</i> is the
mean gap between how sure a classifier is and how often it is right.`;

const MEANINGS: Readonly<Record<Table2Column, string>> = {
  V: 'image alone',
  A: 'sound alone',
  'V-A': 'image and sound',
  'GV-A': 'generated image, real sound',
  'GA-V': 'generated sound, real image',
};

/** Table 1, with a row for each run that has the direction and one for real samples; the paper's figures are shown only for real data. */
export function table1Section({ runs, judge, data }: Evaluation): string {
  const comparesPaper = !data.simulated;
  const tables = DIRECTIONS.map((direction) => {
    const rows = runs.flatMap((run) => table1Row(run, direction, comparesPaper));
    if (rows.length === 0) return '';
    const { made, judge: which } = MADE[direction];
    const real = (split: ScoreCell) => [accuracyHtml(split), ...(comparesPaper ? [''] : [])];
    const realRow = [`real ${made}`, ...real(judge.real.test[which]), ...real(judge.real.train[which]), '', ''];
    const paper = comparesPaper ? ['paper'] : [];
    const head = ['run', 'test', ...paper, 'train', ...paper, 'direct, test', 'direct, train'];
    return `<h3>${DIRECTION_NAMES[direction]}</h3>${htmlTable(head, [...rows, realRow])}`;
  });
  const lead = `${TABLE1_LEAD} ${barLegend(comparesPaper)}`;
  return section('table1', 'Table 1: does a judge recognise the generated samples?', lead, tables.join('\n'));
}

function table1Row({ run, table1 }: RunEvaluation, direction: Direction, comparesPaper: boolean): string[][] {
  const { train, test } = table1[direction];
  if (test === null) return [];
  const output = test.output === 'pathEnd' ? 'path end' : 'direct';
  const cells = [test, train].flatMap((cell) =>
    comparesPaper ? [accuracyHtml(cell, cell?.paper), paperHtml(cell)] : [accuracyHtml(cell)],
  );
  const direct = [test, train].map((cell) => accuracyHtml(cell?.direct ?? null));
  return [[`${escapeHtml(run.name)}<br><small>${escapeHtml(run.variant)}, ${output}</small>`, ...cells, ...direct]];
}

/** Table 2: columns of real pairs once, columns with a generated half for each run; the paper's figures are shown only for real data. */
export function table2Section({ runs, data }: Evaluation): string {
  const comparesPaper = !data.simulated;
  const learnt = learntCells(runs);
  const rows = TABLE2_COLUMNS.flatMap((column) =>
    (column.startsWith('G') ? runs : runs.slice(0, 1)).flatMap((run) => table2Row(run, column, { comparesPaper, learnt })),
  );
  const head = [
    '',
    'run',
    'test',
    ...(comparesPaper ? ['paper'] : []),
    'direct',
    'late fusion',
    ...learnt.map(({ name }) => name),
    'calibration error',
  ];
  const lead = `${TABLE2_LEAD} ${barLegend(comparesPaper)}`;
  return section('table2', 'Table 2: a missing half, generated from the other', lead, htmlTable(head, rows));
}

interface RowOptions {
  readonly comparesPaper: boolean;
  readonly learnt: ReturnType<typeof learntCells>;
}

function table2Row({ run, table2 }: RunEvaluation, column: Table2Column, { comparesPaper, learnt }: RowOptions): string[][] {
  const cell = table2[column];
  if (cell === null) return [];
  const generated = column === 'GV-A' || column === 'GA-V';
  const who = generated ? `${escapeHtml(run.name)} <small>${escapeHtml(run.variant)}</small>` : '<span class="none">real</span>';
  const remark = generated ? `<br><small class="remark">${escapeHtml(compareAlone(column, table2))}</small>` : '';
  const accuracy = accuracyHtml(cell, comparesPaper ? cell.paper : null) + remark;
  const fused = [cell.late, ...learnt.map(({ key }) => cell[key])];
  const others = [...(comparesPaper ? [paperHtml(cell)] : []), accuracyHtml(cell.direct), ...fused.map(fusedHtml)];
  const calibration = calibrationText([cell, ...fused]);
  return [[`${column}<br><small>${MEANINGS[column]}</small>`, who, accuracy, ...others, calibration]];
}

/** The accuracy of two classifiers together, and how much it is above that of one alone, in points. */
function fusedHtml(cell: FusedCell | null): string {
  if (cell === null) return accuracyHtml(null);
  const points = (share: number) => `${share < 0 ? '−' : '+'}${Math.abs(100 * share).toFixed(1)}`;
  const { mean, interval } = cell.gain;
  const gain = `${points(mean)} [${interval.map(points).join(', ')}] points over one alone`;
  return `${accuracyHtml(cell)}<br><small class="remark">${gain}</small>`;
}
