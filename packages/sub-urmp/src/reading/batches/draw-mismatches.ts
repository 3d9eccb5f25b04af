import type { Random } from '@cmcgan/random';

/**
 * Draws, for every sample of a batch, a sample of the same batch with another class: the "wrong" one of the paper's Eq. 1. All of them
 * are equally likely.
 * @param classIds class of every sample of the batch, at least two different ones
 * @returns Int32Array [B], positions in the batch; the class at i is never the class at result[i]
 */
export function drawMismatches(classIds: ArrayLike<number>, random: Random): Int32Array {
  const positions = Array.from(classIds, (_, position) => position);
  const mismatches = Int32Array.from(positions, (i) => {
    const others = positions.filter((j) => classIds[j] !== classIds[i]);
    if (others.length === 0)
      throw new RangeError(`drawMismatches: classIds must hold at least 2 classes, got only ${classIds[i]}`);
    return others[random.integer(others.length)];
  });
  assertMismatched(classIds, mismatches);
  return mismatches;
}

/** Checks the paper's condition, that classes differ, for every sample. */
function assertMismatched(classIds: ArrayLike<number>, mismatches: Int32Array): void {
  mismatches.forEach((j, i) => {
    if (classIds[i] === classIds[j])
      throw new Error(`drawMismatches: sample ${i} and its mismatch ${j} must differ in class, got ${classIds[i]}`);
  });
}
