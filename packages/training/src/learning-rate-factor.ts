import * as z from 'zod/mini';
import { oneOf, parseOptions, wholeNumber, withDefault } from '@cmcgan/options';

/** The position of a run before a step. */
export interface StepPosition {
  /** Steps taken. */
  readonly step: number;
  /** Steps of all epochs, even if the run will stop sooner. */
  readonly plannedSteps: number;
  /** Passes whose gradients are averaged into one update, over all ranks; default 1. */
  readonly passes?: number;
}

/** A learning-rate schedule: maps the share of the planned steps taken, in [0, 1), to a factor in (0, 1]. */
type Schedule = (share: number, lastShare: number) => number;

/** Schedules by name. To add one: one row. */
const SCHEDULES = {
  constant: () => 1,
  /** 1, then falling linearly to 0 over the last share of the steps. */
  linear: (share, lastShare) => Math.min(1, (1 - share) / lastShare),
  /** Half a cosine from 1 down to 0. */
  cosine: (share) => (1 + Math.cos(Math.PI * share)) / 2,
} as const satisfies Record<string, Schedule>;

const SHARE = { error: 'must be a number above 0, at most 1' };

/** Options of the learning-rate schedule, each with its rule and default. */
export const scheduleOptionsSchema = z.strictObject({
  /** How both learning rates change over the planned epochs. */
  kind: withDefault(oneOf(Object.keys(SCHEDULES) as (keyof typeof SCHEDULES)[]), 'constant'),
  /** Share of the steps, at the end of the run, over which `linear` falls to 0. */
  decayShare: withDefault(z.number(SHARE).check(z.gt(0, SHARE), z.lte(1, SHARE)), 0.5),
  /** Steps at the start over which both learning rates rise linearly. */
  warmUpSteps: withDefault(wholeNumber(0), 0),
  /**
   * linear: both learning rates are multiplied by the number of passes per update, since an update over k times the pairs replaces k updates
   * (Goyal et al., 2017); in the warm-up they rise from the rates as given. none: more passes only make the gradients less noisy.
   */
  scaling: withDefault(oneOf(['none', 'linear']), 'none'),
});

/** The same options as a caller gives them. */
export type LearningRateOptions = z.input<typeof scheduleOptionsSchema>;

/**
 * The factor on both learning rates for the next step: the schedule's, times that of the warm-up, which rises in the first steps to 1, or with
 * linear scaling from 1 to the number of passes: by (n + 1) / warmUpSteps, where n is the number of steps taken.
 */
export function learningRateFactor(options: LearningRateOptions, { step, plannedSteps, passes = 1 }: StepPosition): number {
  const { kind, decayShare, warmUpSteps, scaling } = parseOptions('learningRateFactor', scheduleOptionsSchema, options);
  const factorAt: Schedule = SCHEDULES[kind];
  // A run resumed with fewer epochs may already be past their end: it keeps the last step's rate.
  const share = Math.min(step, plannedSteps - 1) / plannedSteps;
  const risen = warmUpSteps === 0 ? 1 : Math.min(1, (step + 1) / warmUpSteps);
  const warmUp = scaling === 'linear' ? 1 + (passes - 1) * risen : risen;
  return warmUp * factorAt(share, decayShare);
}
