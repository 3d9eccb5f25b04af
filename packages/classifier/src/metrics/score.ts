import { accuracyOf } from './accuracy';
import type { Accuracy } from './accuracy';
import { confusionMatrix } from './confusion-matrix';

/** How a classifier did on labelled samples. */
export interface Score extends Accuracy {
  /** `confusion[actual][predicted]`, counts. */
  confusion: number[][];
  /** Of each class; its interval is [0, 1] and its accuracy NaN where no sample was of it. */
  perClass: Accuracy[];
}

/** The score of predictions: the samples' class ids, and the predicted ones. */
export function scorePredictions(actual: ArrayLike<number>, predicted: ArrayLike<number>, classCount: number): Score {
  return scoreOfConfusion(confusionMatrix(actual, predicted, classCount));
}

/** The same from a confusion matrix, `[actual][predicted]`. */
export function scoreOfConfusion(confusion: number[][]): Score {
  const totals = confusion.map((row) => row.reduce((sum, count) => sum + count, 0));
  const perClass = confusion.map((row, id) => accuracyOf(row[id], totals[id]));
  const correct = perClass.reduce((sum, each) => sum + each.correct, 0);
  const n = totals.reduce((sum, count) => sum + count, 0);
  return { ...accuracyOf(correct, n), confusion, perClass };
}
