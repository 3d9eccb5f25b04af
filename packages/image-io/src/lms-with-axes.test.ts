import { describe, expect, it } from 'vitest';
import { COLOUR_MAP } from './colour-map';
import { textHeight, textWidth } from './draw-text';
import { lmsToPixels } from './lms-to-pixels';
import { lmsWithAxes, lmsWithAxesSvg, type LmsWithAxesOptions } from './lms-with-axes';
import type { Picture } from './picture';

/** 30 rows from 100 Hz to 3 kHz, 20 columns of 25 ms; row r, column c holds `value(r, c)`. */
const ROW_HZ = Array.from({ length: 30 }, (_, row) => 100 * (row + 1));
const AXES = { melCount: 30, frameCount: 20, rowHz: ROW_HZ, secondsPerFrame: 0.025, scale: 5, colourBar: false };
const spectrum = (value: (row: number, column: number) => number) =>
  Float32Array.from({ length: 600 }, (_, i) => value(Math.floor(i / 20), i % 20));
const colourAt = ({ pixels, width }: Picture, x: number, y: number) => [
  ...pixels.subarray((y * width + x) * 3, (y * width + x) * 3 + 3),
];

/** Where the spectrum was pasted: the box of pixels that are neither white nor ink. */
function chartBox(picture: Picture) {
  const known = new Set(COLOUR_MAP.map(String));
  const inside = (x: number, y: number) => known.has(String(colourAt(picture, x, y)));
  const xs: number[] = [];
  const ys: number[] = [];
  for (let y = 0; y < picture.height; y++) {
    for (let x = 0; x < picture.width; x++) {
      if (!inside(x, y)) continue;
      xs.push(x);
      ys.push(y);
    }
  }
  return { left: Math.min(...xs), right: Math.max(...xs) + 1, top: Math.min(...ys), bottom: Math.max(...ys) + 1 };
}

/** Pairs of labels whose boxes, in the built-in font, overlap; and labels that extend beyond the sheet. */
function overlaps(svg: string, scale: number): string[] {
  const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg)!.map(Number) as [number, number, number];
  const boxes = [...svg.matchAll(/<text x="([\d.-]+)" y="([\d.-]+)" text-anchor="(\w+)">([^<]*)</g)].map(
    ([, x, y, anchor, text]) => {
      const size = textWidth(text!, scale);
      const left = Number(x) - { start: 0, middle: 0.5, end: 1 }[anchor as 'start' | 'middle' | 'end'] * size;
      const top = Number(y) - textHeight(scale) * (9 / 11);
      return { text: text!, left, top, right: left + size, bottom: top + textHeight(scale) };
    },
  );
  const outside = boxes
    .filter((a) => a.left < 0 || a.top < -0.01 || a.right > width || a.bottom > height + 0.01)
    .map(({ text }) => text);
  const meeting = boxes.flatMap((a, i) =>
    boxes
      .slice(i + 1)
      .filter((b) => a.left < b.right && b.left < a.right && a.top + 0.01 < b.bottom && b.top + 0.01 < a.bottom)
      .map((b) => `${a.text} and ${b.text}`),
  );
  return [...outside, ...meeting];
}

describe('lmsWithAxes', () => {
  it('holds the spectrum as lmsToPixels draws it, low frequencies at the bottom, time to the right', () => {
    const values = spectrum((row, column) => (row === 0 && column < 10 ? 1 : -1));
    const picture = lmsWithAxes(values, AXES);
    const box = chartBox(picture);
    expect([box.right - box.left, box.bottom - box.top]).toEqual([100, 150]);
    const chart = lmsToPixels(values, { melCount: 30, frameCount: 20, scale: 5 });
    for (const [x, y] of [
      [0, 149],
      [49, 145],
      [50, 149],
      [99, 0],
      [0, 144],
    ]) {
      expect(colourAt(picture, box.left + x, box.top + y)).toEqual(colourAt(chart, x, y));
    }
  });

  it('marks frequencies at their rows and seconds at their columns', () => {
    const picture = lmsWithAxes(
      spectrum(() => 1),
      AXES,
    );
    const { left, bottom } = chartBox(picture);
    const ink = (x: number, y: number) => colourAt(picture, x, y)[0] === 20;
    const heights = Array.from({ length: 150 }, (_, i) => i + 1).filter((up) => ink(left - 1, bottom - up));
    // 100, 500, 1000 and 2000 Hz are rows 0, 4, 9, 19 (200 has no room), whose middles lie 5·row + 2.5 pixels up
    expect(heights.map((up) => Math.floor((up - 1) / 5))).toEqual([0, 4, 9, 19]);
    const columns = Array.from({ length: 100 }, (_, x) => x).filter((x) => ink(left + x, bottom));
    // every 0.2 s (8 columns of 5 pixels); the middle of column 0 is zero
    expect(columns.map((x) => Math.floor(x / 5))).toEqual([0, 8, 16]);
  });

  it('grows with the scale and the text', () => {
    const values = spectrum(() => 0);
    const [one, two] = [lmsWithAxes(values, AXES), lmsWithAxes(values, { ...AXES, textScale: 2 })];
    expect(two.width - 100).toBe(2 * (one.width - 100));
    expect(chartBox(two).right - chartBox(two).left).toBe(100);
  });

  it('shows on a bar which colour stands for which value', () => {
    const values = spectrum(() => -40);
    const picture = lmsWithAxes(values, { ...AXES, low: -80, high: 0, colourBar: true });
    const without = chartBox(lmsWithAxes(values, { ...AXES, low: -80, high: 0 }));
    const x = without.right + 6 + 2; // in the bar
    const levels = Array.from({ length: 150 }, (_, y) => colourAt(picture, x, without.top + y));
    expect(levels[0]).toEqual([...COLOUR_MAP[254]!]);
    expect(levels[75]).toEqual([...COLOUR_MAP[127]!]);
    expect(levels[149]).toEqual([...COLOUR_MAP[1]!]);
  });

  it('never lets labels meet, at any size', async () => {
    for (const frameCount of [1, 2, 3, 7, 20, 44, 100, 431]) {
      for (const melCount of [1, 4, 16, 30, 128]) {
        for (const textScale of [1, 2]) {
          const rowHz = Array.from({ length: melCount }, (_, row) => 20 + 150 * row);
          const options = { melCount, frameCount, rowHz, secondsPerFrame: 512 / 44_100, low: -80, high: 0, textScale };
          const svg = await lmsWithAxesSvg(new Float32Array(melCount * frameCount), options);
          expect(overlaps(svg, textScale), `${melCount}×${frameCount}`).toEqual([]);
        }
      }
    }
  });

  it('writes SVG for a page: real text, the unit, and the spectrum as an image', async () => {
    const svg = await lmsWithAxesSvg(
      spectrum(() => 0),
      { ...AXES, low: -80, high: 0, colourBar: true },
    );
    const texts = [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text);
    expect(
      ['Hz', '100', '500', '1k', '2k', '0 s', '0.2', '0.4', 'dB', '-80', '-40', '0'].filter((label) => !texts.includes(label)),
    ).toEqual([]);
    expect(svg.match(/<image /g)).toHaveLength(2);
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" viewBox="0 0 \d+ \d+"/);
  });

  it.each([
    [{ rowHz: ROW_HZ.slice(1) }, 'lmsWithAxes: rowHz must hold 30 ascending frequencies, got 29 (200, …)'],
    [{ rowHz: [...ROW_HZ].reverse() }, 'lmsWithAxes: rowHz must hold 30 ascending frequencies, got 30 (3000, …)'],
    [{ frames: 3 }, 'lmsWithAxes: options must be known ones, got frames; did you mean frameCount?'],
    [{ textScale: 0 }, 'lmsWithAxes: textScale must be an integer of at least 1, got 0'],
    [{ secondsPerFrame: 0 }, 'lmsWithAxes: secondsPerFrame must be positive, got 0'],
    [{ melCount: 31, rowHz: [...ROW_HZ, 5000] }, 'lmsToPixels: values must hold 31·20 = 620, got 600'],
  ])('refuses %j', (change, message) => {
    expect(() =>
      lmsWithAxes(
        spectrum(() => 0),
        { ...AXES, ...change } as LmsWithAxesOptions,
      ),
    ).toThrow(message);
  });
});
