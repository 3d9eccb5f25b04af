import type { TrainerOptions } from '../options/trainer-options';
import type { StepPosition } from './trainee';

/** A schedule of learning rates: the factor, in (0, 1], at a share of the planned steps, in [0, 1). */
type Schedule = (share: number, lastShare: number) => number;

/** By name. To add one: one row. */
export const SCHEDULES = {
  constant: () => 1,
  /** 1, and over the last share of the steps evenly down to 0. */
  linear: (share, lastShare) => Math.min(1, (1 - share) / lastShare),
  /** Half a cosine from 1 down to 0. */
  cosine: (share) => (1 + Math.cos(Math.PI * share)) / 2,
} as const satisfies Record<TrainerOptions['learningRateSchedule'], Schedule>;

type ScheduleOptions = Pick<TrainerOptions, 'learningRateSchedule' | 'learningRateDecayShare' | 'warmUpSteps'>;

/**
 * What both learning rates are multiplied with in the step that is about to be taken: the schedule's factor, times (n + 1) / warmUpSteps in
 * the first steps, n counting from 0.
 */
export function learningRateFactor(options: ScheduleOptions, { step, plannedSteps }: StepPosition): number {
  const schedule: Schedule = SCHEDULES[options.learningRateSchedule];
  // A run whose epochs were cut on resuming may already be beyond them: it keeps the last step's rate.
  const share = Math.min(step, plannedSteps - 1) / plannedSteps;
  const warmUp = options.warmUpSteps === 0 ? 1 : Math.min(1, (step + 1) / options.warmUpSteps);
  return warmUp * schedule(share, options.learningRateDecayShare);
}
