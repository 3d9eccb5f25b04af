import { accuracyOf } from './accuracy';
import type { Accuracy } from './accuracy';
import { confusionMatrix } from './confusion-matrix';

/** The result of a classifier on labelled samples. */
export interface Score extends Accuracy {
  /** `confusion[actual][predicted]`, counts. */
  confusion: number[][];
  /** Accuracy of each class; NaN with the interval [0, 1] for a class without samples. */
  perClass: Accuracy[];
}

/** Scores predictions: the samples' actual class ids, and the predicted ones. */
export function scorePredictions(actual: ArrayLike<number>, predicted: ArrayLike<number>, classCount: number): Score {
  return scoreOfConfusion(confusionMatrix(actual, predicted, classCount));
}

/** The score for a confusion matrix, `[actual][predicted]`. */
export function scoreOfConfusion(confusion: number[][]): Score {
  const totals = confusion.map((row) => row.reduce((sum, count) => sum + count, 0));
  const perClass = confusion.map((row, id) => accuracyOf(row[id], totals[id]));
  const correct = perClass.reduce((sum, each) => sum + each.correct, 0);
  const n = totals.reduce((sum, count) => sum + count, 0);
  return { ...accuracyOf(correct, n), confusion, perClass };
}
