import type { RunEvaluation } from '../../evaluation/evaluation';
import type { ScoreCell } from '../../tables/cell';
import { percent, percentInterval } from '../format-cell';
import { escapeHtml, htmlTable, section } from '../html';
import { DIRECTION_NAMES } from '../print-evaluation';

const LEAD =
  'Rows: the true instrument; columns: what it was taken for. Counts of test samples, stronger in colour for a larger share of the row.';

/** Confusion matrices of the test cells, run by run: generated images, generated sounds, and both classifiers of Table 2. */
export function confusionSection(runs: readonly RunEvaluation[]): string {
  const [first] = runs;
  const real = { 'V: real images': first.table2.V, 'A: real sounds': first.table2.A, 'V-A: real pairs': first.table2['V-A'] };
  const blocks = [
    details('Real test samples', Object.entries(real), false),
    ...runs.map(({ run, table1, table2 }, i) => {
      const cells: [string, ScoreCell | null][] = [
        [`${DIRECTION_NAMES.soundToImage}: generated images`, table1.soundToImage.test],
        [`${DIRECTION_NAMES.imageToSound}: generated sounds`, table1.imageToSound.test],
        ['GV-A', table2['GV-A']],
        ['GA-V', table2['GA-V']],
      ];
      return details(run.name, cells, i === 0);
    }),
  ];
  return section('confusion', 'Class by class', LEAD, blocks.join('\n'));
}

function details(title: string, cells: readonly (readonly [string, ScoreCell | null])[], open: boolean): string {
  const matrices = cells.flatMap(([name, cell]) => (cell === null ? [] : [matrix(name, cell)]));
  return `<details${open ? ' open' : ''}><summary>${escapeHtml(title)}</summary><div class="matrices">${matrices.join('\n')}</div></details>`;
}

function matrix(title: string, { confusion, perClass, accuracy }: ScoreCell): string {
  const names = perClass.map(({ className }) => escapeHtml(className.replaceAll('_', ' ')));
  const rows = confusion.map((row, actual) => {
    const { accuracy: share, interval, n } = perClass[actual];
    const cells = row.map((count) => {
      const depth = n === 0 ? 0 : Math.round((100 * count) / n);
      return `<span class="heat" style="--share:${depth}%">${count === 0 ? '' : count}</span>`;
    });
    const summary =
      share === null ? '<span class="none">none</span>' : `${percent(share)} <small>${percentInterval(interval)} n ${n}</small>`;
    return [names[actual], ...cells, summary];
  });
  const head = ['', ...names.map((name) => `<span class="turned">${name}</span>`), 'right'];
  return `<figure><figcaption>${escapeHtml(title)} <small>${percent(accuracy)}</small></figcaption>${htmlTable(head, rows, 'confusion')}</figure>`;
}
