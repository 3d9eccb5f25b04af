import type { Scale } from './scale';

/** The input of {@link drawChart}. */
export interface ChartView {
  readonly steps: readonly number[];
  /** Values of each curve, raw and smoothed. */
  readonly raw: readonly (readonly (number | null)[])[];
  readonly smoothed: readonly (readonly (number | null)[])[];
  readonly x: Scale;
  readonly y: Scale;
  readonly ticksX: readonly number[];
  readonly ticksY: readonly number[];
  /** Size in pixels, and the edges of the plot inside it. */
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly bottom: number;
}

/**
 * Draws the inside of a chart's svg element: grid, numbers, and each curve, raw in a faint line and smoothed in a strong one. Lines bridge
 * missing values. Classes `curve-1` … colour the curves. Self-contained, since the page embeds its source.
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
