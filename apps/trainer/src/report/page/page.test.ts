import { describe, expect, it } from 'vitest';
import { drawChart } from './draw-chart';
import { pageScript } from './page-script';
import { scale } from './scale';
import { smooth } from './smooth';
import { ticks } from './ticks';

describe('smooth', () => {
  it('leaves values as they are at weight 0', () => expect(smooth([3, 1, null, 2], 0)).toEqual([3, 1, null, 2]));

  it('is the mean weighted by powers of the weight', () => {
    const [, , third] = smooth([1, 2, 4], 0.5);
    expect(third).toBeCloseTo((4 + 2 * 0.5 + 1 * 0.25) / (1 + 0.5 + 0.25), 12);
  });

  it('of a constant is that constant from its first value on', () => {
    for (const value of smooth([7, 7, 7, 7], 0.99)) expect(value).toBeCloseTo(7, 9);
  });
});

describe('ticks', () => {
  it.each([
    [0, 10, false, [0, 2, 4, 6, 8, 10]],
    [0.13, 0.41, false, [0.2, 0.3, 0.4]],
    [-3, 3, false, [-2, 0, 2]],
    [0.9, 60, true, [1, 2, 5, 10, 20, 50]],
    [1e-6, 1e6, true, Array.from({ length: 13 }, (_, index) => Number(`1e${index - 6}`))],
    [14, 52, true, [20, 30, 40, 50]],
  ])('from %d to %d, logarithmic: %s', (low, high, log, expected) => {
    expect(ticks(low, high, { count: 5, log })).toEqual(expected);
  });
});

describe('scale', () => {
  it('maps its ends to the pixels given, and the geometric middle to the middle where logarithmic', () => {
    const { toPixels } = scale([1, 100], { from: 200, to: 0, log: true, room: 0 });
    expect([1, 10, 100].map(toPixels)).toEqual([200, 100, 0]);
  });

  it('of one value gives it room', () => {
    const { low, high, toPixels } = scale([5, 5], { from: 0, to: 10, log: false, room: 0 });
    expect([low < 5, high > 5, toPixels(5)]).toEqual([true, true, 5]);
  });
});

it('drawChart goes straight over missing values: scores are of few steps', () => {
  const axis = scale([0, 2], { from: 0, to: 20, log: false, room: 0 });
  const values = [[0, null, 2]];
  const size = { width: 100, height: 50, left: 10, bottom: 40 };
  const view = { steps: [0, 1, 2], raw: values, smoothed: values, x: axis, y: axis, ticksX: [], ticksY: [1], ...size };
  expect(drawChart(view)).toContain('<path class="curve curve-1" d="M0.0 0.0h0L20.0 20.0"/>');
});

it("the page's script is JavaScript that holds nothing from outside", () => {
  const script = pageScript();
  expect(() => new Function(script)).not.toThrow();
  expect(script).not.toMatch(/__vi|import|require\(|<\/script/);
});
