import { textHeight, textWidth } from './draw-text';

/** A labelled position on an axis, in pixels from its start. */
export interface Tick {
  text: string;
  at: number;
}

const TICKS_HZ = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000];
const STEPS_SECONDS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 60, 120, 300, 600, 1800, 3600];

/** The size of an axis' labels and the room for them. */
export interface LabelSpace {
  textScale: number;
  /** The length of the axis in pixels. */
  length: number;
}

/** Ticks at round frequencies, from the bottom up, as many as have room for their labels. */
export function frequencyTicks(rowHz: ArrayLike<number>, { textScale, length }: LabelSpace): Tick[] {
  const ticks: Tick[] = [];
  for (const hz of TICKS_HZ) {
    const row = rowAt(hz, rowHz);
    if (row === undefined) continue;
    const at = (length * (row + 0.5)) / rowHz.length;
    if (ticks.length > 0 && at - ticks.at(-1)!.at < textHeight(textScale)) continue;
    ticks.push({ text: hz >= 1000 ? `${hz / 1000}k` : String(hz), at });
  }
  return ticks;
}

/** The (fractional) row of a frequency; undefined outside the rows. */
function rowAt(hz: number, rowHz: ArrayLike<number>): number | undefined {
  const above = Array.from(rowHz).findIndex((row) => row >= hz);
  if (above < 0 || (above === 0 && rowHz[0]! > hz)) return undefined;
  return above === 0 ? 0 : above - (rowHz[above]! - hz) / (rowHz[above]! - rowHz[above - 1]!);
}

/** Ticks at multiples of the smallest round step whose labels fit; the one at zero, in the middle of the first column, carries the unit. */
export function timeTicks(axis: LabelSpace & { frameCount: number; secondsPerFrame: number }): Tick[] {
  const { frameCount, secondsPerFrame, textScale, length } = axis;
  const pixelsPerFrame = length / frameCount;
  const last = (frameCount - 0.5) * secondsPerFrame;
  for (const step of STEPS_SECONDS) {
    if ((step / secondsPerFrame) * pixelsPerFrame < textWidth('0', textScale)) continue;
    const ticks = Array.from({ length: Math.floor(last / step) + 1 }, (_, n) => ({
      text: n === 0 ? '0 s' : String(Number((n * step).toFixed(3))),
      at: ((n * step) / secondsPerFrame + 0.5) * pixelsPerFrame,
    }));
    if (haveRoom(ticks, textScale)) return ticks;
  }
  return [{ text: '0 s', at: pixelsPerFrame / 2 }];
}

/** The left edge of a label on a horizontal axis: centred under its tick, or for zero with the digit centred. */
export function labelLeft({ text, at }: Tick, textScale: number): number {
  return Math.round(at - textWidth(text.startsWith('0 ') ? '0' : text, textScale) / 2);
}

/** Whether the gaps between labels are at least one letter wide. */
function haveRoom(ticks: readonly Tick[], textScale: number): boolean {
  return ticks.every((tick, i) => {
    const before = ticks[i - 1];
    if (!before) return true;
    return (
      labelLeft(tick, textScale) - labelLeft(before, textScale) - textWidth(before.text, textScale) >= textWidth('0', textScale)
    );
  });
}

/** Ticks at round values from `low` to `high`, bottom up, at least a line's height apart; only the ends if none fits. */
export function valueTicks({ low, high, textScale, length }: LabelSpace & { low: number; high: number }): Tick[] {
  const range = high - low;
  const smallest = 10 ** Math.floor(Math.log10(range) - 2);
  const steps = [1, 10, 100, 1000].flatMap((tens) => [1, 2, 5].map((digit) => digit * tens * smallest));
  const step = steps.find((candidate) => (candidate / range) * length >= 2 * textHeight(textScale));
  const valueAt = (value: number): Tick => ({ text: shortNumber(value, step ?? range), at: ((value - low) / range) * length });
  if (step === undefined) return [valueAt(low)];
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first + 1;
  return Array.from({ length: Math.max(count, 0) }, (_, n) => valueAt((first + n) * step));
}

/** A number with as many decimals as the step has. */
function shortNumber(value: number, step: number): string {
  const decimals = Math.min(Math.max(0, Math.ceil(-Math.log10(step) - 1e-9)), 12);
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? (0).toFixed(decimals) : text; // no minus zero
}
