import { compareAlone, TABLE2_COLUMNS, type Table2Column } from '@cmcgan/evaluation';
import type { Evaluation, RunEvaluation } from '../../evaluation/evaluation';
import { escapeHtml, htmlTable, section } from '../html';
import { accuracyHtml, barLegend, paperHtml } from './accuracy-cell';

const LEAD = `If one half of a pair is missing, can a made one stand in? Classifiers trained on real training pairs name the class of test pairs: by the image (V), by the
sound (A), by both (V-A: the spectrum is the image's fourth channel), and by both where one half was made from the other: GV-A, whose image comes from its sound, and
GA-V, whose sound comes from its image. GV-A knows nothing but the sound, so A is about what it can reach, and V what GA-V can. <i>Late fusion</i> adds the
log-probabilities of V and A instead: there, a sure sound can outvote a wrong image.`;

const MEANINGS: Readonly<Record<Table2Column, string>> = {
  V: 'image alone',
  A: 'sound alone',
  'V-A': 'image and sound',
  'GV-A': 'made image, real sound',
  'GA-V': 'made sound, real image',
};

/** Table 2; real columns once, generated ones for each run; the paper's figures beside those of real data. */
export function table2Section({ runs, data }: Evaluation): string {
  const comparesPaper = !data.simulated;
  const rows = TABLE2_COLUMNS.flatMap((column) =>
    (column.startsWith('G') ? runs : runs.slice(0, 1)).flatMap((run) => runRow(run, column, comparesPaper)),
  );
  const head = ['', 'run', 'test', ...(comparesPaper ? ['paper'] : []), 'direct', 'late fusion'];
  return section(
    'table2',
    'Table 2: a missing half, made from the other',
    `${LEAD} ${barLegend(comparesPaper)}`,
    htmlTable(head, rows),
  );
}

function runRow({ run, table2 }: RunEvaluation, column: Table2Column, comparesPaper: boolean): string[][] {
  const cell = table2[column];
  if (cell === null) return [];
  const generated = column === 'GV-A' || column === 'GA-V';
  const who = generated ? `${escapeHtml(run.name)} <small>${escapeHtml(run.variant)}</small>` : '<span class="none">real</span>';
  const remark = generated ? `<br><small class="remark">${escapeHtml(compareAlone(column, table2))}</small>` : '';
  return [
    [
      `${column}<br><small>${MEANINGS[column]}</small>`,
      who,
      accuracyHtml(cell, comparesPaper ? cell.paper : null) + remark,
      ...(comparesPaper ? [paperHtml(cell)] : []),
      accuracyHtml(cell.direct),
      accuracyHtml(cell.late),
    ],
  ];
}
