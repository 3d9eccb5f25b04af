import type { Scale } from './scale';

/** What a chart's picture is drawn from. */
export interface ChartView {
  readonly steps: readonly number[];
  /** Lines as they are, and smoothed; one of each for each curve. */
  readonly raw: readonly (readonly (number | null)[])[];
  readonly smoothed: readonly (readonly (number | null)[])[];
  readonly x: Scale;
  readonly y: Scale;
  readonly ticksX: readonly number[];
  readonly ticksY: readonly number[];
  /** Pixels; the drawing's edges inside of them. */
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly bottom: number;
}

/**
 * The inside of a chart's svg element; a line goes straight over missing values: grid, numbers, each curve faint as it is and strong as smoothed. Classes `curve-1` … colour the
 * curves. Stands alone: the report's page holds it as text.
 */
export function drawChart(view: ChartView): string {
  const { steps, x, y, width, left, bottom } = view;
  const at = (value: number) => value.toFixed(1);
  const label = (value: number) => (Math.abs(value) >= 1000 ? value.toLocaleString('en') : String(value));
  const line = (values: readonly (number | null)[]) => {
    let path = '';
    values.forEach((value, index) => {
      if (value === null || !Number.isFinite(y.toPixels(value))) return;
      const point = `${at(x.toPixels(steps[index]))} ${at(y.toPixels(value))}`;
      path += path === '' ? `M${point}h0` : `L${point}`; // h0: a lone value is a dot
    });
    return path;
  };
  const across = view.ticksY.map((tick) => {
    const pixels = at(y.toPixels(tick));
    return `<path class="grid" d="M${left} ${pixels}H${width - 22}"/><text x="${left - 6}" y="${pixels}" dy=".32em" text-anchor="end">${label(tick)}</text>`;
  });
  const down = view.ticksX.map(
    (tick) => `<text x="${at(x.toPixels(tick))}" y="${bottom + 16}" text-anchor="middle">${label(tick)}</text>`,
  );
  const curves = [
    ...view.raw.map((values, curve) => `<path class="raw curve-${curve + 1}" d="${line(values)}"/>`),
    ...view.smoothed.map((values, curve) => `<path class="curve curve-${curve + 1}" d="${line(values)}"/>`),
  ];
  return [...across, ...down, `<path class="axis" d="M${left} ${bottom}H${width - 22}"/>`, ...curves].join('');
}
