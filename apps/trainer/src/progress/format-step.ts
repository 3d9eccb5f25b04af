import type { StepProgress } from './progress';

/** "1 h 02 min", "3 min 20 s", "12 s". */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const padded = (value: number) => String(value).padStart(2, '0');
  if (hours > 0) return `${hours} h ${padded(minutes)} min`;
  return minutes > 0 ? `${minutes} min ${padded(rest)} s` : `${rest} s`;
}

/** Short names of the well-known losses; others keep theirs. */
const SHORT_NAMES: Readonly<Record<string, string>> = { adversarial: 'G', consistency: 'L1' };

const count = (value: number, of: number) => `${String(value).padStart(String(of).length)}/${of}`;
/** Four characters for the usual sizes: "2.77", "54.3", "0.05". */
const short = (value: number) => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(Math.abs(value) >= 10 ? 1 : 2));
const speed = (perSecond: number) =>
  perSecond >= 0.1 || perSecond === 0 ? `${perSecond.toFixed(2)} steps/s` : `${(1 / perSecond).toFixed(0)} s/step`;

/** The discriminator's total and the parts of the generator's total, or that total if it has no parts. */
function lossTexts({ losses }: StepProgress): string[] {
  const { total, ...parts } = losses.generator ?? {};
  const generator =
    Object.keys(parts).length > 0 ? Object.entries(parts) : Object.entries(total === undefined ? {} : { G: total });
  const shown: [string, number][] = losses.discriminator ? [['D', losses.discriminator.total], ...generator] : generator;
  return shown.map(([name, value]) => `${SHORT_NAMES[name] ?? name} ${short(value)}`);
}

/**
 * Formats a step as one line: position, losses, speed, time left and memory. Columns keep their width, so that the line doesn't jump. Parts
 * that don't fit into `width` characters are dropped, the least important first.
 */
export function formatStep(progress: StepProgress, width = Infinity): string {
  const { step, totalSteps, epoch, epochs, stepsPerSecond, secondsLeft, residentBytes } = progress;
  /** Parts in order, with their rank: the highest is dropped first. */
  const parts: readonly (readonly [text: string, rank: number])[] = [
    [`epoch ${count(epoch, epochs)}`, 2],
    [`step ${count(step, totalSteps)}`, 0],
    ...lossTexts(progress).map((text) => [text, 1] as const),
    [speed(stepsPerSecond), 3],
    [`${formatDuration(secondsLeft)} left`, 0],
    [`${(residentBytes / 2 ** 30).toFixed(1)} GiB`, 4],
  ];
  const line = (rank: number) => parts.flatMap(([text, of]) => (of <= rank ? text : [])).join('  ');
  return [4, 3, 2, 1, 0].map(line).find(({ length }) => length <= width) ?? line(0).slice(0, Math.max(0, width));
}
