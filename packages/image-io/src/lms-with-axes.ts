import { alignedLeft, drawingToSvg, paintDrawing, type Drawing, type DrawnText } from './drawing';
import { frequencyTicks, labelLeft, timeTicks, valueTicks } from './axis-ticks';
import { textHeight, textWidth } from './draw-text';
import { assertKnownOptions } from './known-options';
import { LMS_OPTIONS, lmsToPixels, type LmsToPixelsOptions } from './lms-to-pixels';
import { assertRgb, type Picture, type Rgb } from './picture';
import { plainPng } from './plain-png';

export interface LmsWithAxesOptions extends LmsToPixelsOptions {
  /** The frequency in Hz that each row stands for, ascending: [melCount]. */
  rowHz: ArrayLike<number>;
  /** Seconds from one column to the next: hop / sample rate, or duration / frameCount. */
  secondsPerFrame: number;
  /** Whether a bar on the right shows which colour stands for which value. */
  colourBar?: boolean;
  /** Label above the bar; by default 'dB' if `low` or `high` is given, else none. */
  unit?: string;
  /** Pixels per dot of the built-in font. */
  textScale?: number;
  background?: Rgb;
  ink?: Rgb;
}

const OPTIONS = [...LMS_OPTIONS, 'rowHz', 'secondsPerFrame', 'colourBar', 'unit', 'textScale', 'background', 'ink'];

/**
 * Draws a log-mel spectrum as `lmsToPixels` does, with a frequency axis in Hz on the left, a time axis in seconds below and a bar of colours with
 * their values on the right. Time zero is the middle of the first column. Labels never overlap: with less room, there are fewer.
 * @throws RangeError as `lmsToPixels`, and if `rowHz` does not ascend over melCount rows or `secondsPerFrame` is not positive; TypeError for
 *   an unknown option
 */
export function lmsWithAxes(values: Float32Array, options: LmsWithAxesOptions): Picture {
  return paintDrawing(layOut(values, options));
}

/**
 * The same as an SVG document, for a page: the spectrum as pixels, labels in the page's font and sharp at every size.
 * @throws as `lmsWithAxes`
 */
export async function lmsWithAxesSvg(values: Float32Array, options: LmsWithAxesOptions): Promise<string> {
  return drawingToSvg(layOut(values, options), plainPng);
}

/** The place of the spectrum on the sheet. */
interface Chart {
  left: number;
  top: number;
  right: number;
  bottom: number;
  textScale: number;
}

function layOut(values: Float32Array, options: LmsWithAxesOptions): Drawing {
  assertKnownOptions('lmsWithAxes', options, OPTIONS);
  const { rowHz, colourBar = true, textScale = 1 } = options;
  const { background = [255, 255, 255], ink = [20, 20, 20] } = options;
  assertAxes(options, { colourBar, textScale, background, ink });
  const picture = lmsToPixels(values, pick(options));
  const [tick, gap, line] = [3 * textScale, textScale, textHeight(textScale)];
  const frequencies = frequencyTicks(rowHz, { textScale, length: picture.height });
  const widest = Math.max(textWidth('Hz', textScale), ...frequencies.map(({ text }) => textWidth(text, textScale)));
  const left = widest + gap + tick;
  const top = line + gap + Math.ceil(line / 2); // the topmost label is below the axis' unit
  const chart = { left, top, right: left + picture.width, bottom: top + picture.height, textScale };
  const drawing: Drawing = {
    ...{ width: chart.right, height: chart.bottom + tick + gap + line, background, ink, textScale },
    ...{ pictures: [{ picture, left, top }], lines: [], texts: [] },
  };
  drawing.texts.push({
    text: 'Hz',
    left: alignedLeft('Hz', { at: left - tick - gap, align: 'end', textScale }),
    top: 0,
    align: 'end',
  });
  drawVerticalAxis(drawing, { chart, ticks: frequencies, side: 'left' });
  drawTimeAxis(drawing, chart, options);
  if (colourBar) drawColourBar(drawing, chart, options);
  return withMargin(drawing);
}

/** Widens the drawing to fit every label, with a dot's gap on the right. */
function withMargin(drawing: Drawing): Drawing {
  const ends = drawing.texts.map(({ text, left }) => left + textWidth(text, drawing.textScale));
  const starts = drawing.texts.map(({ left }) => left);
  const shift = Math.max(0, -Math.min(...starts));
  for (const item of [...drawing.texts, ...drawing.lines, ...drawing.pictures]) item.left += shift;
  return { ...drawing, width: Math.max(drawing.width, ...ends) + shift + drawing.textScale };
}

function drawColourBar(drawing: Drawing, chart: Chart, { low = -1, high = 1, unit }: LmsWithAxesOptions): void {
  const { textScale, top, bottom } = chart;
  const height = bottom - top;
  const levels = Float32Array.from({ length: height }, (_, y) => low + ((high - low) * (y + 0.5)) / height);
  const width = 6 * textScale;
  const bar = lmsToPixels(levels, { melCount: height, frameCount: 1, low, high, scale: { frames: width, mels: 1 } });
  const left = chart.right + 6 * textScale;
  drawing.pictures.push({ picture: bar, left, top });
  const ticks = valueTicks({ low, high, textScale, length: height });
  drawVerticalAxis(drawing, { chart: { ...chart, right: left + width }, ticks, side: 'right' });
  const text = unit ?? (low === -1 && high === 1 ? '' : 'dB');
  if (text) drawing.texts.push({ text, left, top: 0, align: 'start' });
  drawing.width = Math.max(drawing.width, left + width + 3 * textScale);
}

function drawTimeAxis(drawing: Drawing, chart: Chart, { frameCount, secondsPerFrame }: LmsWithAxesOptions): void {
  const { left, right, bottom, textScale } = chart;
  const [tick, gap] = [3 * textScale, textScale];
  for (const time of timeTicks({ frameCount, secondsPerFrame, textScale, length: right - left })) {
    drawing.lines.push({ left: Math.min(left + Math.floor(time.at), right - 1), top: bottom, width: 1, height: tick });
    drawing.texts.push({ text: time.text, left: left + labelLeft(time, textScale), top: bottom + tick + gap, align: 'start' });
  }
}

function drawVerticalAxis(
  drawing: Drawing,
  axis: { chart: Chart; ticks: readonly { text: string; at: number }[]; side: 'left' | 'right' },
): void {
  const { chart, ticks, side } = axis;
  const { textScale } = chart;
  const line = textHeight(textScale);
  const [tick, gap] = side === 'left' ? [3 * textScale, textScale] : [2 * textScale, 2 * textScale]; // a minus sign may follow on the right
  const align: DrawnText['align'] = side === 'left' ? 'end' : 'start';
  const edge = side === 'left' ? chart.left - tick - gap : chart.right + tick + gap;
  for (const { text, at } of ticks) {
    const y = Math.min(Math.max(Math.floor(chart.bottom - at), chart.top), chart.bottom - 1);
    drawing.lines.push({ left: side === 'left' ? chart.left - tick : chart.right, top: y, width: tick, height: 1 });
    drawing.texts.push({ text, left: alignedLeft(text, { at: edge, align, textScale }), top: y - Math.floor(line / 2), align });
  }
}

/** The options that belong to lmsToPixels. */
function pick(options: LmsWithAxesOptions): LmsToPixelsOptions {
  const { melCount, frameCount, low, high, scale } = options;
  return { melCount, frameCount, low, high, scale };
}

interface Appearance {
  colourBar: boolean;
  textScale: number;
  background: Rgb;
  ink: Rgb;
}

function assertAxes(
  { melCount, rowHz, secondsPerFrame }: LmsWithAxesOptions,
  { colourBar, textScale, background, ink }: Appearance,
): void {
  const rows = Array.from(rowHz ?? []);
  if (rows.length !== melCount || !rows.every((hz, i) => Number.isFinite(hz) && (i === 0 || hz > rows[i - 1]!))) {
    throw new RangeError(`lmsWithAxes: rowHz must hold ${melCount} ascending frequencies, got ${rows.length} (${rows[0]}, …)`);
  }
  if (!(secondsPerFrame > 0)) throw new RangeError(`lmsWithAxes: secondsPerFrame must be positive, got ${secondsPerFrame}`);
  if (!Number.isInteger(textScale) || textScale < 1) {
    throw new RangeError(`lmsWithAxes: textScale must be an integer of at least 1, got ${textScale}`);
  }
  if (typeof colourBar !== 'boolean')
    throw new TypeError(`lmsWithAxes: colourBar must be true or false, got ${String(colourBar)}`);
  assertRgb('lmsWithAxes', 'background', background);
  assertRgb('lmsWithAxes', 'ink', ink);
}
