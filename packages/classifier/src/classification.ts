/** The classification of one sample. */
export interface Classification {
  classId: number;
  className: string;
  /** One probability for each class, in the order of the ids; they sum to 1. */
  probabilities: Float32Array;
}

/** Returns the most probable class, and the first one in case of a tie. */
export function toClassification(probabilities: Float32Array, classNames: readonly string[]): Classification {
  const classId = probabilities.indexOf(Math.max(...probabilities));
  return { classId, className: classNames[classId], probabilities };
}
