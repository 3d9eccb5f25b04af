import { DIRECTION_NAMES, type ScoreCell } from '@cmcgan/evaluation';
import { confusionMatrix, escapeHtml, section } from '@cmcgan/pages';
import type { RunEvaluation } from '../../evaluation/evaluation';

const LEAD =
  'Which classes are recognised, and which are confused. Rows are true classes, columns predicted ones; each cell counts test samples, with a stronger colour for a larger share of its row.';

/** Confusion matrices on test samples: for each run, generated images and sounds, GV-A and GA-V; then real samples. */
export function confusionSection(runs: readonly RunEvaluation[]): string {
  const [first] = runs;
  const real = { 'V: real images': first.table2.V, 'A: real sounds': first.table2.A, 'V-A: real pairs': first.table2['V-A'] };
  const blocks = [
    ...runs.map(({ run, table1, table2 }, i) => {
      const cells: [string, ScoreCell | null][] = [
        [`${DIRECTION_NAMES.soundToImage}: generated images`, table1.soundToImage.test],
        [`${DIRECTION_NAMES.imageToSound}: generated sounds`, table1.imageToSound.test],
        ['GV-A: generated image, real sound', table2['GV-A']],
        ['GA-V: generated sound, real image', table2['GA-V']],
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
