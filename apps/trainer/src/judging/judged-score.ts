import type { Accuracy } from '@cmcgan/classifier';
import type { Json } from '@cmcgan/training';

/** How often a frozen judge takes what the networks generate for the class that it should be, at one moment of a run. */
export interface JudgedScore {
  readonly step: number;
  /** Epochs begun, from 1. */
  readonly epoch: number;
  /** The mean of the directions that the model has, in [0, 1]: what the best epoch is chosen by. */
  readonly score: number;
  /** Pictures generated from sounds, at the end of the path where the model has one; null where it makes none. */
  readonly soundToImage: Accuracy | null;
  readonly imageToSound: Accuracy | null;
}

/** What a run remembers of its scores. */
export interface JudgingState {
  /** In the order of steps. */
  readonly scores: readonly JudgedScore[];
  /** The first of the highest; null before the first score. */
  readonly best: JudgedScore | null;
  /** How many of the last scores in a row tell of a collapse. */
  readonly lowInARow: number;
}

/** Before the first score. */
export const NO_SCORES: JudgingState = { scores: [], best: null, lowInARow: 0 };

/** As JSON: it holds nothing else. */
export const stateToJson = (state: JudgingState) => state as unknown as Json;
export const stateFromJson = (json: Json) => json as unknown as JudgingState;
