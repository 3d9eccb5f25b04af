/** How one sample was classified. */
export interface Classification {
  classId: number;
  className: string;
  /** One for each class, in the order of the ids; they sum to 1. */
  probabilities: Float32Array;
}

/** The most probable class; the first of them where several are. */
export function toClassification(probabilities: Float32Array, classNames: readonly string[]): Classification {
  const classId = probabilities.indexOf(Math.max(...probabilities));
  return { classId, className: classNames[classId], probabilities };
}
