import type { Curves } from '../curves';
import type { ChartTools, connectChart } from './connect-chart';
import type { connectPlayer } from './connect-player';
import type { connectSlider } from './connect-slider';

/** All functions of the page's script, by name. */
export interface PageParts extends ChartTools {
  readonly connectChart: typeof connectChart;
  readonly connectPlayer: typeof connectPlayer;
  readonly connectSlider: typeof connectSlider;
}

/** Connects the page's charts, sliders and players. Self-contained, since the page embeds its source. */
export function startPage(parts: PageParts): void {
  const { steps, charts } = JSON.parse(document.getElementById('curves')!.textContent) as Curves;
  const smoothing = document.querySelector<HTMLInputElement>('#smoothing');
  const figures = [...document.querySelectorAll<HTMLElement>('.chart')];
  const weight = () => Number(smoothing?.value ?? 0);
  const draws = figures.map((figure, index) => {
    const chart = charts[index];
    const own = chart.group === 'Samples' ? () => 0 : weight; // no smoothing: few scores, each over many samples
    return parts.connectChart(figure, { chart, steps, weight: own }, parts);
  });
  const drawAll = () => draws.forEach((draw) => draw());
  smoothing?.addEventListener('input', drawAll);
  if (figures.length > 0) new ResizeObserver(drawAll).observe(figures[0]);
  drawAll();
  document.querySelectorAll('.grids').forEach(parts.connectSlider);
  document.querySelectorAll('.sound').forEach(parts.connectPlayer);
}
