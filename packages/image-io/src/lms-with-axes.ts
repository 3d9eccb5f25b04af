import { drawText, textHeight, textWidth } from './draw-text';
import { lmsToPixels, type LmsToPixelsOptions } from './lms-to-pixels';
import { blankPicture, pastePicture, type Picture, type Rgb } from './picture';

export interface LmsWithAxesOptions extends LmsToPixelsOptions {
  /** The frequency in Hz that each row stands for, ascending: [melCount]. */
  rowHz: ArrayLike<number>;
  /** From one column to the next, in seconds: hop / sample rate, or the duration / frameCount. */
  secondsPerFrame: number;
  /** Pixels per dot of the built-in font. */
  textScale?: number;
  background?: Rgb;
  ink?: Rgb;
}

const TICKS_HZ = [50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000];
const STEPS_SECONDS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 60, 300, 600];

/**
 * Draws a log-mel spectrum as `lmsToPixels` does, with a frequency axis in Hz on the left and a time axis in seconds below. Time zero
 * is the middle of the first column.
 * @throws RangeError as `lmsToPixels`, and if `rowHz` does not ascend over melCount rows or `secondsPerFrame` is not positive
 */
export function lmsWithAxes(values: Float32Array, options: LmsWithAxesOptions): Picture {
  const {
    melCount,
    frameCount,
    rowHz,
    secondsPerFrame,
    textScale = 1,
    background = [255, 255, 255],
    ink = [20, 20, 20],
  } = options;
  assertAxes(options);
  const chart = lmsToPixels(values, options);
  const [tick, gap, line] = [3 * textScale, textScale, textHeight(textScale)];
  const left = textWidth('20k', textScale) + gap + tick;
  const top = line + gap;
  const right = textWidth('0.5', textScale); // half a time label may stand out
  const picture = blankPicture(left + chart.width + right, top + chart.height + tick + gap + line, background);
  pastePicture(picture, chart, left, top);
  const write = (text: string, x: number, y: number) =>
    drawText(picture, text, { left: Math.round(x), top: Math.round(y), scale: textScale, colour: ink });
  const fill = (x: number, y: number, width: number, height: number) =>
    pastePicture(picture, blankPicture(width, height, ink), Math.round(x), Math.round(y));

  write('Hz', 0, 0);
  let lowestFree = Infinity; // labels must not run into each other
  for (const hz of TICKS_HZ) {
    const row = rowAt(hz, rowHz);
    if (row === undefined) continue;
    const y = top + chart.height * (1 - (row + 0.5) / melCount);
    if (y + line / 2 > lowestFree || y - line / 2 < line) continue;
    const text = hz >= 1000 ? `${hz / 1000}k` : String(hz);
    fill(left - tick, Math.min(y, top + chart.height - 1), tick, 1);
    write(text, left - tick - gap - textWidth(text, textScale), y - line / 2);
    lowestFree = y - line / 2;
  }
  const bottom = top + chart.height;
  const step = timeStep({ frameCount, secondsPerFrame, pixelsPerFrame: chart.width / frameCount, textScale });
  for (let n = 0; n * step <= (frameCount - 0.5) * secondsPerFrame; n++) {
    const seconds = Number((n * step).toFixed(3));
    const x = left + (seconds / secondsPerFrame + 0.5) * (chart.width / frameCount);
    fill(Math.min(x, left + chart.width - 1), bottom, 1, tick);
    const text = n === 0 ? '0 s' : String(seconds);
    write(text, x - textWidth(n === 0 ? '0' : text, textScale) / 2, bottom + tick + gap);
  }
  return picture;
}

/** The row, in parts, whose frequency it is; undefined outside of the rows. */
function rowAt(hz: number, rowHz: ArrayLike<number>): number | undefined {
  const above = Array.from(rowHz).findIndex((row) => row >= hz);
  if (above < 0 || (above === 0 && rowHz[0] > hz)) return undefined;
  return above === 0 ? 0 : above - (rowHz[above] - hz) / (rowHz[above] - rowHz[above - 1]);
}

/** The smallest round step that leaves room for the labels. */
function timeStep(chart: { frameCount: number; secondsPerFrame: number; pixelsPerFrame: number; textScale: number }): number {
  const room = textWidth('0.00', chart.textScale) + 2 * chart.textScale;
  const fits = (step: number) => (step / chart.secondsPerFrame) * chart.pixelsPerFrame >= room;
  return STEPS_SECONDS.find(fits) ?? chart.frameCount * chart.secondsPerFrame;
}

function assertAxes({ melCount, rowHz, secondsPerFrame }: LmsWithAxesOptions): void {
  const rows = Array.from(rowHz);
  if (rows.length !== melCount || !rows.every((hz, i) => Number.isFinite(hz) && (i === 0 || hz > rows[i - 1]))) {
    throw new RangeError(`lmsWithAxes: rowHz must hold ${melCount} ascending frequencies, got ${rows.length} (${rows[0]}, …)`);
  }
  if (!(secondsPerFrame > 0)) throw new RangeError(`lmsWithAxes: secondsPerFrame must be positive, got ${secondsPerFrame}`);
}
