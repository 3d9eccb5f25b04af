import { poolOpinions } from '@cmcgan/classifier';

/**
 * Late fusion of two independent classifiers: for each sample, the id of the class with the highest sum of log-probabilities, which is the
 * most likely class if the modalities are independent given the class and all classes are equally likely.
 *
 * @param a log-probabilities [samples][classes] of one classifier
 * @param b those of the other, for the same samples and classes
 */
export function fuseLate(a: readonly Float32Array[], b: readonly Float32Array[]): number[] {
  return mostLikely(poolOpinions({ V: a, A: b }, { V: 1, A: 1 }));
}

/** The class with the highest log-probability of each sample, and the first one in case of a tie. */
export function mostLikely(logProbabilities: readonly Float32Array[]): number[] {
  return logProbabilities.map((row) => row.indexOf(Math.max(...row)));
}
