import type { Json } from '@cmcgan/training';
import type { JudgedScore } from '@cmcgan/training/node';

/** What a run remembers of its scores. */
export interface JudgingState {
  /** In the order of steps. */
  readonly scores: readonly JudgedScore[];
  /** The first of the highest; null before the first score. */
  readonly best: JudgedScore | null;
  /** How many scores in a row, up to the last one, are low. */
  readonly lowInARow: number;
}

/** Before the first score. */
export const NO_SCORES: JudgingState = { scores: [], best: null, lowInARow: 0 };

/** As JSON: it holds nothing else. */
export const stateToJson = (state: JudgingState) => state as unknown as Json;
export const stateFromJson = (json: Json) => json as unknown as JudgingState;

/** Scores in a row that make a fall one that lasts. */
export const LOW_SCORES = 3;
/** A score is low where less than this share of the best one's skill is left. */
const LOW_SHARE = 0.5;
/** Nothing can collapse before it has been above chance by this share of what there is to gain. */
const LEAST_SKILL = 0.2;

/** How far a score is above chance: 0 is chance, 1 is all right. */
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
 * The sentence that ends a run whose samples have collapsed, a known trait of these networks: {@link LOW_SCORES} scores in a row with less
 * than half of the skill that the best one had, where skill is what a score is above chance. Null where they have not.
 */
export function collapseSentence({ scores, best, lowInARow }: JudgingState): string | null {
  if (best === null || lowInARow < LOW_SCORES) return null;
  const percent = (score: number) => `${(100 * score).toFixed(0)} %`;
  const recent = scores.slice(-LOW_SCORES).map(({ score }) => percent(score));
  return (
    `Stopped: the samples have collapsed. The judge takes ${recent.join(', ')} of them for what they should be, after ` +
    `${percent(best.score)} in epoch ${best.epoch}, which is kept as checkpoints/best. --stop-on-collapse no trains on.`
  );
}
