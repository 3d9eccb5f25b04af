import type { Cell, ScoreCell } from '../../tables/cell';
import { percent, percentInterval } from '../format-cell';
import { intervalBar } from '../interval-bar';

/** An accuracy with its interval, n, and the paper's figure, as HTML. */
export function accuracyHtml(cell: ScoreCell | null, paper: number | null = null): string {
  if (cell === null || cell.n === 0) return '<span class="none">–</span>';
  const chance = 1 / cell.confusion.length;
  return `<b>${percent(cell.accuracy)}</b> <small>${percentInterval(cell.interval)} n ${cell.n}</small><br>${intervalBar(cell, paper, chance)}`;
}

/** The paper's figure of a cell, and by how much ours differs. */
export function paperHtml(cell: Cell | null): string {
  if (cell === null || cell.paper === null) return '<span class="none">–</span>';
  const points = 100 * (cell.accuracy - cell.paper);
  const sign = points >= 0 ? '+' : '−';
  return `${percent(cell.paper)}<br><small class="${points >= 0 ? 'above' : 'below'}">ours ${sign}${Math.abs(points).toFixed(1)}</small>`;
}
