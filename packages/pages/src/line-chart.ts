import { escapeHtml } from './html';

/** One line of a chart. */
export interface ChartLine {
  readonly label: string;
  /** One value for each x, 0 to 1. */
  readonly values: readonly number[];
}

/** Colour and dashes of each line; dashes let lines that lie on each other be told apart. */
const LINES = [
  { colour: 'var(--accent)', dashes: 'none' },
  { colour: 'var(--warm)', dashes: '9 3' },
  { colour: 'var(--third)', dashes: '5 3' },
  { colour: 'var(--good)', dashes: '2 3' },
  { colour: 'var(--soft)', dashes: 'none' },
  { colour: 'var(--bad)', dashes: 'none' },
  { colour: '#9a5bd0', dashes: '9 3' },
  { colour: '#b58900', dashes: '5 3' },
] as const;

const [WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT] = [440, 250, 44, 40, 12, 12];

/** A line chart as SVG with its legend below; both axes are shares from 0 to 1, labelled in percent. @throws if there are more than eight lines */
export function lineChart(xs: readonly number[], lines: readonly ChartLine[], labels: { x: string; y: string }): string {
  if (lines.length > LINES.length) throw new RangeError(`lineChart: lines must be at most ${LINES.length}, got ${lines.length}`);
  const x = (share: number) => LEFT + share * (WIDTH - LEFT - RIGHT);
  const y = (share: number) => HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP);
  const grid = [0, 0.25, 0.5, 0.75, 1].map(
    (share) => `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(share)}" y2="${y(share)}"/>
<text x="${LEFT - 6}" y="${y(share) + 4}" text-anchor="end">${100 * share}</text><text x="${x(share)}" y="${HEIGHT - BOTTOM + 16}" text-anchor="middle">${100 * share}</text>`,
  );
  const drawn = lines.map(({ values }, i) => {
    const points = values.map((value, at) => `${x(xs[at]).toFixed(1)},${y(value).toFixed(1)}`);
    const dots = points.map((point) => `<circle cx="${point.split(',')[0]}" cy="${point.split(',')[1]}" r="2.5"/>`);
    return `<g class="line${i}"><polyline points="${points.join(' ')}"/>${dots.join('')}</g>`;
  });
  const key = (i: number) => `<svg class="key line${i}" viewBox="0 0 22 4"><polyline points="0,2 22,2"/></svg>`;
  const legend = lines.map(({ label }, i) => `<span>${key(i)}${escapeHtml(label)}</span>`);
  return `<div class="chart"><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(labels.y)} over ${escapeHtml(labels.x)}">
${grid.join('')}${drawn.join('')}
<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 6}" text-anchor="middle">${escapeHtml(labels.x)}</text>
<text transform="translate(11 ${(HEIGHT - BOTTOM + TOP) / 2}) rotate(-90)" text-anchor="middle">${escapeHtml(labels.y)}</text></svg>
<div class="legend">${legend.join('')}</div></div>`;
}

/** The style of line charts. */
export const LINE_CHART_STYLE = `
.chart>svg{width:100%;height:auto;font-size:11px;fill:var(--soft)}.grid{stroke:var(--line)}.chart polyline{fill:none;stroke:currentColor;stroke-width:2}.chart circle{fill:currentColor}
${LINES.map(({ colour, dashes }, i) => `.line${i}{color:${colour}}.line${i} polyline{stroke-dasharray:${dashes}}`).join('')}
.legend{display:flex;flex-wrap:wrap;gap:.4rem 1rem;font-size:.85rem;color:var(--soft)}.legend .key{width:1.4rem;height:.25rem;margin-right:.4rem;vertical-align:middle}`;
