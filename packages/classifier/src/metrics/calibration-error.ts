/**
 * The expected calibration error (Naeini et al. 2015; Guo et al. 2017): samples are binned by the probability of their most probable class;
 * the error is the mean gap between that probability and the accuracy in a bin, weighted by the bin's samples. 0: a prediction made with
 * 80 % is right in 80 % of cases.
 *
 * @param logProbabilities [samples][classes]
 * @param bins number of equally wide bins, each open on the left: the first is (0, 1 / bins]
 * @returns a value from 0 to 1; NaN without samples
 */
export function calibrationError(logProbabilities: readonly Float32Array[], classIds: readonly number[], bins = 15): number {
  if (logProbabilities.length !== classIds.length) {
    throw new Error(
      `calibrationError: classIds must have one id for each of ${logProbabilities.length} samples, got ${classIds.length}`,
    );
  }
  const gaps = new Float64Array(bins); // the sum of confidence - correctness in each bin
  logProbabilities.forEach((row, i) => {
    const most = Math.max(...row);
    const confidence = Math.min(1, Math.exp(most));
    const isRight = row.indexOf(most) === classIds[i];
    gaps[Math.max(0, Math.ceil(confidence * bins) - 1)] += confidence - Number(isRight);
  });
  return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / classIds.length;
}
