import type { Json } from '@cmcgan/training';
import type { JudgedScore } from '@cmcgan/training/node';

/** The scores of a run so far. */
export interface JudgingState {
  /** In the order of steps. */
  readonly scores: readonly JudgedScore[];
  /** The highest score, the first if there are several; null before the first score. */
  readonly best: JudgedScore | null;
  /** Number of low scores in a row up to the last one. */
  readonly lowInARow: number;
}

/** The state before the first score. */
export const NO_SCORES: JudgingState = { scores: [], best: null, lowInARow: 0 };

/** The state as JSON, which is all it holds. */
export const stateToJson = (state: JudgingState) => state as unknown as Json;
export const stateFromJson = (json: Json) => json as unknown as JudgingState;

/** Low scores in a row that count as a collapse. */
export const LOW_SCORES = 3;
/** A score is low if its skill is less than this share of the best score's. */
const LOW_SHARE = 0.5;
/** Skill that the best score must reach before a collapse is possible. */
const LEAST_SKILL = 0.2;

/** How far a score is above chance: 0 at chance, 1 if everything is right. */
const skillOf = (score: number, classCount: number) => (score - 1 / classCount) / (1 - 1 / classCount);

/** The state after one more score. */
export function addScore(state: JudgingState, score: JudgedScore, classCount: number): JudgingState {
  const isBest = state.best === null || score.score > state.best.score;
  const best = isBest ? score : state.best;
  const bestSkill = skillOf(best.score, classCount);
  const isLow = bestSkill >= LEAST_SKILL && skillOf(score.score, classCount) < LOW_SHARE * bestSkill;
  return { scores: [...state.scores, score], best, lowInARow: isLow ? state.lowInARow + 1 : 0 };
}

/**
 * The message for a run whose samples have collapsed, as such networks are known to do: {@link LOW_SCORES} scores in a row with less than
 * half the skill of the best one, where skill is the score above chance. Null if they have not collapsed.
 */
export function collapseSentence({ scores, best, lowInARow }: JudgingState): string | null {
  if (best === null || lowInARow < LOW_SCORES) return null;
  const percent = (score: number) => `${(100 * score).toFixed(0)} %`;
  const recent = scores.slice(-LOW_SCORES).map(({ score }) => percent(score));
  return (
    `Stopped: the samples have collapsed. The judge recognised only ${recent.join(', ')} of them in the last scores, after ` +
    `${percent(best.score)} in epoch ${best.epoch}, which is kept as checkpoints/best. To train on regardless: --stop-on-collapse no.`
  );
}
