import { escapeHtml } from './html';

/** One line of a chart. */
export interface ChartLine {
  readonly label: string;
  /** One value for each x, 0 to 1. */
  readonly values: readonly number[];
}

const [WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT] = [440, 250, 44, 40, 12, 12];

/** A line chart as SVG with its legend below; both axes are shares from 0 to 1, labelled in percent. */
export function lineChart(xs: readonly number[], lines: readonly ChartLine[], labels: { x: string; y: string }): string {
  const x = (share: number) => LEFT + share * (WIDTH - LEFT - RIGHT);
  const y = (share: number) => HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP);
  const grid = [0, 0.25, 0.5, 0.75, 1].map(
    (share) => `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(share)}" y2="${y(share)}"/>
<text x="${LEFT - 6}" y="${y(share) + 4}" text-anchor="end">${100 * share}</text><text x="${x(share)}" y="${HEIGHT - BOTTOM + 16}" text-anchor="middle">${100 * share}</text>`,
  );
  const drawn = lines.map(({ values }, i) => {
    const points = values.map((value, at) => `${x(xs[at]).toFixed(1)},${y(value).toFixed(1)}`);
    const dots = points.map(
      (point) => `<circle class="line${i}" cx="${point.split(',')[0]}" cy="${point.split(',')[1]}" r="2.5"/>`,
    );
    return `<polyline class="line${i}" points="${points.join(' ')}"/>${dots.join('')}`;
  });
  const legend = lines.map(({ label }, i) => `<span><i class="line${i}"></i>${escapeHtml(label)}</span>`);
  return `<div class="chart"><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(labels.y)} over ${escapeHtml(labels.x)}">
${grid.join('')}${drawn.join('')}
<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 6}" text-anchor="middle">${escapeHtml(labels.x)}</text>
<text transform="translate(11 ${(HEIGHT - BOTTOM + TOP) / 2}) rotate(-90)" text-anchor="middle">${escapeHtml(labels.y)}</text></svg>
<div class="legend">${legend.join('')}</div></div>`;
}

/** The style of line charts. */
export const LINE_CHART_STYLE = `
.chart svg{width:100%;height:auto;font-size:11px;fill:var(--soft)}.grid{stroke:var(--line)}.chart polyline{fill:none;stroke-width:2}
polyline.line0{stroke:var(--accent)}polyline.line1{stroke:var(--warm)}polyline.line2{stroke:var(--third);stroke-dasharray:5 3}circle.line0{fill:var(--accent)}circle.line1{fill:var(--warm)}circle.line2{fill:var(--third)}
.legend{display:flex;flex-wrap:wrap;gap:1rem;font-size:.85rem;color:var(--soft)}.legend i{display:inline-block;width:1.1rem;height:.2rem;margin-right:.4rem;vertical-align:middle}i.line0{background:var(--accent)}i.line1{background:var(--warm)}i.line2{background:var(--third)}`;
