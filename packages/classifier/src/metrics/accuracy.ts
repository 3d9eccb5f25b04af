import { wilsonInterval } from './wilson-interval';

/** A share of samples, with how many they were and how far it can be trusted. */
export interface Accuracy {
  /** correct / n, in [0, 1]; NaN for no samples. */
  accuracy: number;
  correct: number;
  n: number;
  /** Wilson's 95 % interval. It takes samples for independent, which neighbours of one recording are not. */
  interval: [low: number, high: number];
}

/** The accuracy of `correct` out of `n`. */
export function accuracyOf(correct: number, n: number): Accuracy {
  return { accuracy: correct / n, correct, n, interval: wilsonInterval(correct, n) };
}
