import { DIRECTION_NAMES, type ScoreCell } from '@cmcgan/evaluation';
import { confusionMatrix, escapeHtml, section } from '@cmcgan/pages';
import type { RunEvaluation } from '../../evaluation/evaluation';

const LEAD =
  'Which classes are recognised, and what the others are taken for. Rows: the true class; columns: the class named. Counts of test samples, stronger in colour for a larger share of the row.';

/** Confusion matrices of the test cells, run by run: generated images, generated sounds, and both classifiers of Table 2. */
export function confusionSection(runs: readonly RunEvaluation[]): string {
  const [first] = runs;
  const real = { 'V: real images': first.table2.V, 'A: real sounds': first.table2.A, 'V-A: real pairs': first.table2['V-A'] };
  const blocks = [
    ...runs.map(({ run, table1, table2 }, i) => {
      const cells: [string, ScoreCell | null][] = [
        [`${DIRECTION_NAMES.soundToImage}: made images`, table1.soundToImage.test],
        [`${DIRECTION_NAMES.imageToSound}: made sounds`, table1.imageToSound.test],
        ['GV-A: made image, real sound', table2['GV-A']],
        ['GA-V: made sound, real image', table2['GA-V']],
      ];
      return details(run.name, cells, i === 0);
    }),
    details('Real test samples', Object.entries(real), false),
  ];
  return section('confusion', 'Class by class', LEAD, blocks.join('\n'));
}

function details(title: string, cells: readonly (readonly [string, ScoreCell | null])[], open: boolean): string {
  const matrices = cells.flatMap(([name, cell]) => (cell === null ? [] : [confusionMatrix(name, cell)]));
  return `<details${open ? ' open' : ''}><summary>${escapeHtml(title)}</summary><div class="matrices">${matrices.join('\n')}</div></details>`;
}
