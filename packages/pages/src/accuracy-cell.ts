import type { Accuracy } from '@cmcgan/classifier';
import { chanceOf, percent, percentInterval, type Cell, type ScoreCell } from '@cmcgan/evaluation';

const [WIDTH, HEIGHT, EDGE] = [150, 14, 3];
const x = (share: number) => (EDGE + share * (WIDTH - 2 * EDGE)).toFixed(1);

/** An accuracy as a dot on a line from 0 to 100 %, with its interval; a tick marks the paper's figure, a fainter one chance. */
export function intervalBar(
  { accuracy, interval }: Pick<Accuracy, 'accuracy' | 'interval'>,
  paper: number | null,
  chance?: number,
): string {
  const middle = HEIGHT / 2;
  const tick = (share: number, name: string) => `<line class="${name}" x1="${x(share)}" x2="${x(share)}" y1="0" y2="${HEIGHT}"/>`;
  return `<svg class="bar" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true">
<line class="axis" x1="${x(0)}" x2="${x(1)}" y1="${middle}" y2="${middle}"/>${chance === undefined ? '' : tick(chance, 'chance')}
<line class="interval" x1="${x(interval[0])}" x2="${x(interval[1])}" y1="${middle}" y2="${middle}"/>
${paper === null ? '' : tick(paper, 'paper')}<circle cx="${x(accuracy)}" cy="${middle}" r="4"/></svg>`;
}

const NONE = '<span class="none">–</span>';

/** An accuracy with its interval, n, chance and, if given, the paper's figure, as HTML. */
export function accuracyHtml(cell: ScoreCell | null, paper: number | null = null): string {
  if (cell === null || cell.n === 0) return NONE;
  return `<b>${percent(cell.accuracy)}</b> <small>${percentInterval(cell.interval)} n ${cell.n}</small><br>${intervalBar(cell, paper, chanceOf(cell))}`;
}

/** The paper's figure for a cell, and the difference of ours from it, as HTML. */
export function paperHtml(cell: Cell | null): string {
  if (cell === null || cell.paper === null) return NONE;
  const points = 100 * (cell.accuracy - cell.paper);
  const sign = points >= 0 ? '+' : '−';
  return `${percent(cell.paper)}<br><small class="${points >= 0 ? 'above' : 'below'}">ours ${sign}${Math.abs(points).toFixed(1)}</small>`;
}

/** What the bars under the figures show, for a section's lead. */
export const barLegend = (comparesPaper: boolean): string =>
  `Below each figure: a dot with its 95 % interval (Wilson) on a line from 0 to 100 %; the faint tick is chance${comparesPaper ? ", the tall one the paper's figure" : ''}.`;

/** The style of interval bars. */
export const INTERVAL_BAR_STYLE = `
.bar line{stroke-width:1}.bar .axis{stroke:var(--line)}.bar .interval{stroke:var(--accent);stroke-width:3;opacity:.55}.bar .paper{stroke:var(--warm);stroke-width:2}.bar .chance{stroke:var(--soft);opacity:.5;stroke-dasharray:2 2}.bar circle{fill:var(--accent)}`;
