import { type Cell, chanceOf, percent, percentInterval, type ScoreCell } from '@cmcgan/evaluation';
import { intervalBar } from '../interval-bar';

/** An accuracy with its interval, n, chance and, if it is to be compared, the paper's figure, as HTML. */
export function accuracyHtml(cell: ScoreCell | null, paper: number | null = null): string {
  if (cell === null || cell.n === 0) return '<span class="none">–</span>';
  return `<b>${percent(cell.accuracy)}</b> <small>${percentInterval(cell.interval)} n ${cell.n}</small><br>${intervalBar(cell, paper, chanceOf(cell))}`;
}

/** The paper's figure of a cell, and by how much ours differs. */
export function paperHtml(cell: Cell | null): string {
  if (cell === null || cell.paper === null) return '<span class="none">–</span>';
  const points = 100 * (cell.accuracy - cell.paper);
  const sign = points >= 0 ? '+' : '−';
  return `${percent(cell.paper)}<br><small class="${points >= 0 ? 'above' : 'below'}">ours ${sign}${Math.abs(points).toFixed(1)}</small>`;
}

/** What the bars under the figures show, for a section's lead. */
export const barLegend = (comparesPaper: boolean): string =>
  `Below each figure: a dot with its 95 % interval (Wilson) on a line from 0 to 100 %; the faint tick is chance${comparesPaper ? ", the tall one the paper's figure" : ''}.`;
