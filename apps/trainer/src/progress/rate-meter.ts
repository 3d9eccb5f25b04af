/** Measures recent speed and estimates the time left. */
export interface RateMeter {
  /** Counts a finished step. */
  add(step: { pairs: number; stepMs: number }): void;
  readonly pairsPerSecond: number;
  secondsLeft(stepsLeft: number): number;
}

const RECENT_STEPS = 20;

/**
 * Creates a rate meter. Pairs per second are averaged over the last 20 steps, without the time between them; the time left is extrapolated
 * from all time since the end of the first step, grids and checkpoints included, by the clock `nowMs`.
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
