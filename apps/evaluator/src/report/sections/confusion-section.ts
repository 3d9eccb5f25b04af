import { percent, percentInterval, type ScoreCell } from '@cmcgan/evaluation';
import type { RunEvaluation } from '../../evaluation/evaluation';
import { escapeHtml, htmlTable, section } from '../html';
import { DIRECTION_NAMES } from '../print-evaluation';

const LEAD =
  'Which classes are recognised, and what the others are taken for. Rows: the true class; columns: the class named. Counts of test samples, stronger in colour for a larger share of the row.';

/** Mistakes that are named below a matrix. */
const MISTAKES_SHOWN = 3;

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
  const matrices = cells.flatMap(([name, cell]) => (cell === null ? [] : [matrix(name, cell)]));
  return `<details${open ? ' open' : ''}><summary>${escapeHtml(title)}</summary><div class="matrices">${matrices.join('\n')}</div></details>`;
}

const classLabel = (name: string) => escapeHtml(name.replaceAll('_', ' '));

function matrix(title: string, cell: ScoreCell): string {
  const { confusion, perClass, accuracy } = cell;
  const names = perClass.map(({ className }) => classLabel(className));
  const rows = confusion.map((row, actual) => {
    const { accuracy: share, interval, n } = perClass[actual];
    const cells = row.map((count) =>
      count === 0 ? '' : `<span class="heat" style="--share:${Math.round((100 * count) / n)}%">${count}</span>`,
    );
    const summary =
      share === null ? '<span class="none">none</span>' : `${percent(share)} <small>${percentInterval(interval)} n ${n}</small>`;
    return [`<span title="${names[actual]}">${names[actual]}</span>`, ...cells, summary];
  });
  const head = ['', ...names.map((name) => `<span class="turned" title="${name}">${name}</span>`), 'right'];
  return `<figure><figcaption>${escapeHtml(title)} <small>${percent(accuracy)}</small></figcaption>
${htmlTable(head, rows, 'confusion')}<p class="mistakes">${commonMistakes(cell)}</p></figure>`;
}

/** "Most common mistakes: oboe for clarinet (7 of 9), …". */
function commonMistakes({ confusion, perClass }: ScoreCell): string {
  const mistakes = confusion.flatMap((row, actual) =>
    row.map((count, named) => ({ count, actual, named })).filter(({ count, named }) => count > 0 && named !== actual),
  );
  if (mistakes.length === 0) return 'No mistakes.';
  const worst = mistakes.sort((a, b) => b.count - a.count).slice(0, MISTAKES_SHOWN);
  const name = (id: number) => classLabel(perClass[id].className);
  return `Most common mistakes: ${worst.map(({ count, actual, named }) => `${name(actual)} taken for ${name(named)} (${count} of ${perClass[actual].n})`).join(', ')}.`;
}
