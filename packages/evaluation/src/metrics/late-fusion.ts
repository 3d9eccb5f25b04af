/**
 * Late fusion of two independent classifiers: for each sample, the id of the class with the highest sum of log-probabilities, which is the
 * most likely class if the modalities are independent given the class and all classes are equally likely.
 *
 * @param a log-probabilities [samples][classes] of one classifier
 * @param b those of the other, for the same samples and classes
 */
export function fuseLate(a: readonly Float32Array[], b: readonly Float32Array[]): number[] {
  return a.map((row, i) => {
    const sums = row.map((value, id) => value + b[i][id]);
    return sums.indexOf(Math.max(...sums));
  });
}
