import type { StepProgress } from './progress';

/** "1 h 02 min", "3 min 20 s", "12 s". */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const padded = (value: number) => String(value).padStart(2, '0');
  if (hours > 0) return `${hours} h ${padded(minutes)} min`;
  return minutes > 0 ? `${minutes} min ${padded(rest)} s` : `${rest} s`;
}

/** One line: where the run stands, its losses, speed and time left. Columns keep their width, so the line doesn't jump. */
export function formatStep(progress: StepProgress): string {
  const { epoch, epochs, epochStep, stepsPerEpoch, losses, pairsPerSecond, secondsLeft } = progress;
  const count = (value: number, of: number) => `${String(value).padStart(String(of).length)}/${of}`;
  const lossTexts = Object.entries(losses).map(([name, value]) => `${name} ${value.toFixed(3)}`);
  return [
    `epoch ${count(epoch, epochs)}`,
    `step ${count(epochStep, stepsPerEpoch)}`,
    ...lossTexts,
    `${pairsPerSecond.toFixed(1).padStart(5)} pairs/s`,
    `${formatDuration(secondsLeft)} left`,
  ].join(' · ');
}
