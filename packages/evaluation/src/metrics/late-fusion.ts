/**
 * Late fusion of two classifiers that know nothing of each other: the class with the highest sum of log-probabilities, which is the most
 * likely one if the modalities are independent given the class and all classes equally likely.
 *
 * @param a log-probabilities [samples][classes] by the one
 * @param b by the other, of the same samples and classes
 */
export function fuseLate(a: readonly Float32Array[], b: readonly Float32Array[]): number[] {
  return a.map((row, i) => {
    const sums = row.map((value, id) => value + b[i][id]);
    return sums.indexOf(Math.max(...sums));
  });
}
