/** Where a run stands before a step. */
export interface StepPosition {
  /** Steps taken. */
  readonly step: number;
  /** Steps of all epochs, even if the run is to stop sooner. */
  readonly plannedSteps: number;
}

/** How learning rates change over a run. */
export interface LearningRateOptions {
  /** Default: constant. */
  readonly schedule?: keyof typeof SCHEDULES;
  /** Share of the steps, in (0, 1], at the end of the run, over which `linear` falls to 0. Default: 1. */
  readonly decayShare?: number;
  /** Steps at the start over which the learning rates rise linearly. Default: 0. */
  readonly warmUpSteps?: number;
}

/** A schedule of learning rates: the factor, in (0, 1], at a share of the planned steps, in [0, 1). */
type Schedule = (share: number, lastShare: number) => number;

/** By name. To add one: one row. */
const SCHEDULES = {
  constant: () => 1,
  /** 1, and over the last share of the steps evenly down to 0. */
  linear: (share, lastShare) => Math.min(1, (1 - share) / lastShare),
  /** Half a cosine from 1 down to 0. */
  cosine: (share) => (1 + Math.cos(Math.PI * share)) / 2,
} as const satisfies Record<string, Schedule>;

/**
 * The factor on both learning rates in the step that is about to be taken: the schedule's, times (n + 1) / warmUpSteps in the first steps,
 * n counting from 0.
 */
export function learningRateFactor(options: LearningRateOptions, { step, plannedSteps }: StepPosition): number {
  const { schedule = 'constant', decayShare = 1, warmUpSteps = 0 } = options;
  const factorAt: Schedule = SCHEDULES[schedule];
  // A run whose epochs were cut on resuming may already be beyond them: it keeps the last step's rate.
  const share = Math.min(step, plannedSteps - 1) / plannedSteps;
  const warmUp = warmUpSteps === 0 ? 1 : Math.min(1, (step + 1) / warmUpSteps);
  return warmUp * factorAt(share, decayShare);
}
