import { expect, it } from 'vitest';
import { LINE_CHART_STYLE, lineChart } from './line-chart';

const lines = (count: number) => Array.from({ length: count }, (_, i) => ({ label: `line ${i} <b>`, values: [i / 10, 1] }));
const draw = (count: number) => lineChart([0, 1], lines(count), { x: 'x', y: 'y' });

it('draws each of eight lines in a style of its own, in the chart and in the legend', () => {
  const page = draw(8);
  const styles = Array.from({ length: 8 }, (_, i) => {
    expect(page).toContain(`<g class="line${i}"><polyline points="44.0,`);
    expect(page).toContain(`<svg class="key line${i}" viewBox="0 0 22 4"><polyline points="0,2 22,2"/></svg>line ${i} &lt;b&gt;`);
    return new RegExp(`\\.line${i}\\{(color:[^}]+)\\}`).exec(LINE_CHART_STYLE)?.[1];
  });
  expect(styles).not.toContain(undefined);
  expect(new Set(styles).size).toBe(8);
});

it('refuses a line that it has no style for', () => {
  expect(() => draw(9)).toThrow('lineChart: lines must be at most 8, got 9');
});
