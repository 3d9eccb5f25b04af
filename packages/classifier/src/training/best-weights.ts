import { tidy } from '@tensorflow/tfjs-core';
import type { Tensor, Variable } from '@tensorflow/tfjs-core';
import type { PairScore } from './score-pairs';

/** The weights with the lowest loss so far. */
export interface BestWeights {
  /** Number of scores since the best one. */
  readonly scoresSince: number;
  /** Keeps a copy of the variables if the score's loss is the lowest so far. */
  offer(step: number, score: PairScore): void;
  /** Restores the kept values of the variables; returns undefined if nothing was offered. */
  restore(): { step: number; score: PairScore } | undefined;
  dispose(): void;
}

/** Creates a keeper of the variables' best values. */
export function createBestWeights(variables: readonly Variable[]): BestWeights {
  let kept: { step: number; score: PairScore; values: Tensor[] } | undefined;
  let scoresSince = 0;
  const dispose = () => kept?.values.forEach((value) => value.dispose());
  return {
    get scoresSince() {
      return scoresSince;
    },
    offer(step, score) {
      if (kept !== undefined && !(score.loss < kept.score.loss)) {
        scoresSince++;
        return;
      }
      dispose();
      scoresSince = 0;
      kept = { step, score, values: variables.map((variable) => variable.clone()) };
    },
    restore() {
      if (kept === undefined) return undefined;
      const { step, score, values } = kept;
      tidy(() => variables.forEach((variable, index) => variable.assign(values[index].clone())));
      return { step, score };
    },
    dispose,
  };
}
