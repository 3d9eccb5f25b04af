import { scorePredictions, type Accuracy } from '@cmcgan/classifier';
import type { Output } from '@cmcgan/model';

/** An accuracy with everything that belongs to it. */
export interface ScoreCell extends Accuracy {
  /** `confusion[actual][predicted]`, counts. */
  readonly confusion: readonly (readonly number[])[];
  /** In the order of classes; classes without samples have accuracy null. */
  readonly perClass: readonly ClassCell[];
}

/** The accuracy on one class. */
export interface ClassCell extends Omit<Accuracy, 'accuracy'> {
  readonly className: string;
  readonly accuracy: number | null;
}

/** A cell of a table beside the paper's. */
export interface Cell extends ScoreCell {
  /** The paper's figure; null where it gives none for this. */
  readonly paper: number | null;
  /** Which output was scored: the path's end where the networks have that path, else the direct one; null for real samples. */
  readonly output: Output | null;
  /** The direct output, where `output` is the path's end. */
  readonly direct: ScoreCell | null;
}

/** Scores predictions: class ids of samples, and what they were taken for. */
export function scoreCell(actual: readonly number[], predicted: readonly number[], classNames: readonly string[]): ScoreCell {
  const { perClass, ...score } = scorePredictions(actual, predicted, classNames.length);
  return {
    ...score,
    perClass: perClass.map(({ accuracy, ...rest }, id) => ({
      className: classNames[id],
      accuracy: rest.n === 0 ? null : accuracy,
      ...rest,
    })),
  };
}
