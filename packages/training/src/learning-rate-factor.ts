import * as z from 'zod/mini';
import { oneOf, parseOptions, wholeNumber, withDefault } from '@cmcgan/options';

/** Where a run stands before a step. */
export interface StepPosition {
  /** Steps taken. */
  readonly step: number;
  /** Steps of all epochs, even if the run is to stop sooner. */
  readonly plannedSteps: number;
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

const SHARE = { error: 'must be a number above 0, at most 1' };

/** How learning rates change over a run: each option with its rule, and its value where it is left out. */
export const scheduleOptionsSchema = z.strictObject({
  /** How both learning rates change over the planned epochs. */
  kind: withDefault(oneOf(Object.keys(SCHEDULES) as (keyof typeof SCHEDULES)[]), 'constant'),
  /** Share of the steps, at the end of the run, over which `linear` falls to 0. */
  decayShare: withDefault(z.number(SHARE).check(z.gt(0, SHARE), z.lte(1, SHARE)), 0.5),
  /** Steps at the start over which both learning rates rise linearly. */
  warmUpSteps: withDefault(wholeNumber(0), 0),
});

/** What a caller may choose of it. */
export type LearningRateOptions = z.input<typeof scheduleOptionsSchema>;

/**
 * The factor on both learning rates in the step that is about to be taken: the schedule's, times (n + 1) / warmUpSteps in the first steps,
 * n counting from 0.
 */
export function learningRateFactor(options: LearningRateOptions, { step, plannedSteps }: StepPosition): number {
  const { kind, decayShare, warmUpSteps } = parseOptions('learningRateFactor', scheduleOptionsSchema, options);
  const factorAt: Schedule = SCHEDULES[kind];
  // A run whose epochs were cut on resuming may already be beyond them: it keeps the last step's rate.
  const share = Math.min(step, plannedSteps - 1) / plannedSteps;
  const warmUp = warmUpSteps === 0 ? 1 : Math.min(1, (step + 1) / warmUpSteps);
  return warmUp * factorAt(share, decayShare);
}
