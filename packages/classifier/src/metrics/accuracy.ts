import { wilsonInterval } from './wilson-interval';

/** Accuracy on a number of samples, with its confidence interval. */
export interface Accuracy {
  /** correct / n, in [0, 1]; NaN for no samples. */
  accuracy: number;
  correct: number;
  n: number;
  /** Wilson's 95 % interval. It assumes independent samples, which neighbours in the same recording are not. */
  interval: [low: number, high: number];
}

/** The accuracy of `correct` out of `n`. */
export function accuracyOf(correct: number, n: number): Accuracy {
  return { accuracy: correct / n, correct, n, interval: wilsonInterval(correct, n) };
}
