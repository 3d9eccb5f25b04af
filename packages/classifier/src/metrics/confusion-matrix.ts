/**
 * Counts how often samples of each class were classified as each class: `matrix[actual][predicted]`. Each row sums to the samples of a
 * class.
 *
 * @throws if lengths differ or an id is not one of the classes
 */
export function confusionMatrix(actual: ArrayLike<number>, predicted: ArrayLike<number>, classCount: number): number[][] {
  if (actual.length !== predicted.length) {
    throw new Error(`confusionMatrix: predicted must be as long as actual, ${actual.length}, got ${predicted.length}`);
  }
  const matrix = Array.from({ length: classCount }, () => new Array<number>(classCount).fill(0));
  for (let i = 0; i < actual.length; i++) {
    for (const [name, id] of [
      ['actual', actual[i]],
      ['predicted', predicted[i]],
    ] as const) {
      if (!Number.isInteger(id) || id < 0 || id >= classCount) {
        throw new Error(`confusionMatrix: ${name} must hold class ids below ${classCount}, got ${id}`);
      }
    }
    matrix[actual[i]][predicted[i]]++;
  }
  return matrix;
}
