/** Speed and time left, over the recent past. */
export interface RateMeter {
  /** Counts a finished step. */
  add(step: { pairs: number; stepMs: number }): void;
  readonly pairsPerSecond: number;
  secondsLeft(stepsLeft: number): number;
}

const RECENT_STEPS = 20;

/**
 * Measures training speed. Pairs per second counts steps alone, over the last 20; the time left counts everything that passed
 * between the first step's end and now (grids and checkpoints too), by the clock `nowMs`.
 */
export function createRateMeter(nowMs: () => number): RateMeter {
  const recent: { pairs: number; stepMs: number }[] = [];
  let firstEndMs: number | undefined;
  let steps = 0;
  return {
    add(step) {
      recent.push(step);
      if (recent.length > RECENT_STEPS) recent.shift();
      firstEndMs ??= nowMs();
      steps++;
    },
    get pairsPerSecond() {
      const total = (key: 'pairs' | 'stepMs') => recent.reduce((sum, step) => sum + step[key], 0);
      return recent.length === 0 ? 0 : (1000 * total('pairs')) / total('stepMs');
    },
    secondsLeft(stepsLeft) {
      if (firstEndMs === undefined) return Infinity;
      const secondsPerStep = steps > 1 ? (nowMs() - firstEndMs) / (steps - 1) / 1000 : recent[0]!.stepMs / 1000;
      return stepsLeft * secondsPerStep;
    },
  };
}
