import type { Curves } from '../curves';
import type { ChartTools, connectChart } from './connect-chart';
import type { connectPlayer } from './connect-player';
import type { connectSlider } from './connect-slider';

/** All that the page's script is made of, by name. */
export interface PageParts extends ChartTools {
  readonly connectChart: typeof connectChart;
  readonly connectPlayer: typeof connectPlayer;
  readonly connectSlider: typeof connectSlider;
}

/** Brings the page to life. Stands alone: the report's page holds it as text. */
export function startPage(parts: PageParts): void {
  const { steps, charts } = JSON.parse(document.getElementById('curves')!.textContent) as Curves;
  const smoothing = document.querySelector<HTMLInputElement>('#smoothing');
  const figures = [...document.querySelectorAll<HTMLElement>('.chart')];
  const weight = () => Number(smoothing?.value ?? 0);
  const draws = figures.map((figure, index) => {
    const chart = charts[index];
    const own = chart.group === 'Samples' ? () => 0 : weight; // few scores, each over many samples
    return parts.connectChart(figure, { chart, steps, weight: own }, parts);
  });
  const drawAll = () => draws.forEach((draw) => draw());
  smoothing?.addEventListener('input', drawAll);
  if (figures.length > 0) new ResizeObserver(drawAll).observe(figures[0]);
  drawAll();
  document.querySelectorAll('.grids').forEach(parts.connectSlider);
  document.querySelectorAll('.sound').forEach(parts.connectPlayer);
}
