import type { Chart } from '../curves';
import type { ChartView, drawChart } from './draw-chart';
import type { scale } from './scale';
import type { smooth } from './smooth';
import type { ticks } from './ticks';

/** The functions that the page's parts use from each other, by their names on the page. */
export interface ChartTools {
  readonly smooth: typeof smooth;
  readonly ticks: typeof ticks;
  readonly scale: typeof scale;
  readonly drawChart: typeof drawChart;
}

/**
 * Draws a chart into its figure, at the figure's width, smoothed by `weight()`, and logarithmic if its box is checked. A pointer over it
 * shows the values there. Returns a function that redraws it. Self-contained, since the page embeds its source.
 */
export function connectChart(
  figure: HTMLElement,
  { chart, steps, weight }: { chart: Chart; steps: readonly number[]; weight: () => number },
  { smooth, ticks, scale, drawChart }: ChartTools,
): () => void {
  const svg = figure.querySelector('svg')!;
  const box = figure.querySelector<HTMLInputElement>('input[type=checkbox]');
  const values = [...figure.querySelectorAll('.value')];
  const title = figure.querySelector('.at')!;
  const [height, left, bottom] = [220, 58, 194];
  let view: ChartView | undefined;

  const draw = () => {
    const [width, log] = [figure.clientWidth, box?.checked ?? false];
    const raw = chart.curves.map((curve) => curve.values);
    const shown = raw.flat().filter((value) => value !== null);
    const x = scale(steps, { from: left, to: width - 22, log: false, room: 0 });
    const y = scale(shown, { from: bottom, to: 8, log, room: 0.04 });
    view = {
      ...{ steps, raw, smoothed: raw.map((curve) => smooth(curve, weight())), x, y, width, height, left, bottom },
      ticksX: ticks(x.low, x.high, { count: width / 90, log: false }).filter(Number.isInteger),
      ticksY: ticks(y.low, y.high, { count: 5, log }),
    };
    svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
    svg.innerHTML = `${drawChart(view)}<path class="cursor"/>`;
    show(steps.length - 1);
  };
  const show = (index: number, pixels?: number) => {
    title.textContent = `step ${steps[index].toLocaleString('en')}`;
    values.forEach((element, curve) => {
      const value = view?.smoothed[curve]
        .slice(0, index + 1)
        .filter((each) => each !== null)
        .at(-1);
      element.textContent = value === undefined ? '–' : String(Number(value.toPrecision(4)));
    });
    svg.querySelector('.cursor')?.setAttribute('d', pixels === undefined ? '' : `M${pixels} 8V${bottom}`);
  };
  svg.addEventListener('pointermove', (event) => {
    if (!view) return;
    const pixels = event.clientX - svg.getBoundingClientRect().left;
    const distances = steps.map((step) => Math.abs(view!.x.toPixels(step) - pixels));
    const nearest = distances.indexOf(Math.min(...distances));
    show(nearest, view.x.toPixels(steps[nearest]));
  });
  svg.addEventListener('pointerleave', () => show(steps.length - 1));
  box?.addEventListener('change', draw);
  return draw;
}
