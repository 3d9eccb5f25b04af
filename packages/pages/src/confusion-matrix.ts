import { mistakesOf, percent, percentInterval, type ScoreCell } from '@cmcgan/evaluation';
import { escapeHtml, htmlTable } from './html';

/** How many mistakes are listed below a matrix. */
const MISTAKES_SHOWN = 3;

const classLabel = (name: string) => escapeHtml(name.replaceAll('_', ' '));

/** A confusion matrix as a figure: true classes in rows, predicted ones in columns, and the most common mistakes below. */
export function confusionMatrix(title: string, cell: ScoreCell): string {
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

/** "Most common mistakes: oboe taken for clarinet (7 of 9), …". */
function commonMistakes(cell: ScoreCell): string {
  const worst = mistakesOf(cell).slice(0, MISTAKES_SHOWN);
  if (worst.length === 0) return 'No mistakes.';
  const texts = worst.map(
    ({ actual, named, count, n }) => `${classLabel(actual)} taken for ${classLabel(named)} (${count} of ${n})`,
  );
  return `Most common mistakes: ${texts.join(', ')}.`;
}

/** The style of confusion matrices. */
export const CONFUSION_MATRIX_STYLE = `
.confusion th,.confusion td{padding:0;border:0;font-size:.78rem;vertical-align:middle}.confusion thead th{vertical-align:bottom;position:sticky;top:0;z-index:1;background:var(--paper)}.confusion th[scope=row]{padding-right:.5rem;text-align:right;white-space:nowrap;position:sticky;left:0;background:var(--paper)}
.confusion th[scope=row] span{display:block;max-width:min(14rem,35vw);overflow:hidden;text-overflow:ellipsis}.confusion td{min-width:1.7rem;height:1.7rem;border:1px solid var(--paper);background:var(--card)}
.confusion td:last-child{padding-left:.7rem;line-height:1.7rem;background:none}.turned{writing-mode:vertical-rl;transform:rotate(180deg);width:1.7rem;display:block;line-height:1.7rem;max-height:14rem;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.heat{display:block;width:100%;height:1.7rem;line-height:1.7rem;text-align:center;background:color-mix(in srgb,var(--accent) calc(var(--share)*.75),var(--card))}`;
