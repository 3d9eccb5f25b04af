import { scorePredictions, type Accuracy } from '@cmcgan/classifier';
import type { Modality, Output } from '@cmcgan/model';
import type { GeneratedOutcome } from '../measures/score-generated';
import { outputsFrom } from '../samples/directions';

/** An accuracy with its confusion matrix and the accuracy of each class. */
export interface ScoreCell extends Accuracy {
  /** `confusion[actual][predicted]`, counts. */
  readonly confusion: readonly (readonly number[])[];
  /** In the order of class ids; classes without samples have accuracy null. */
  readonly perClass: readonly ClassCell[];
}

/** The accuracy on one class. */
export interface ClassCell extends Omit<Accuracy, 'accuracy'> {
  readonly className: string;
  readonly accuracy: number | null;
}

/** A cell of a table, with the paper's figure. */
export interface Cell extends ScoreCell {
  /** The paper's figure; null if it gives none for this cell. */
  readonly paper: number | null;
  /** Which output was scored: the end of the path if the model has that path, else the direct output; null for real samples. */
  readonly output: Output | null;
  /** The score of the direct output if `output` is the path's end, else null. */
  readonly direct: ScoreCell | null;
}

/** Scores predicted class ids against the true ones. */
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

/** The best accuracy that guessing can reach, by always naming the most frequent class: 1 / classes if all are equally frequent. */
export function chanceOf({ confusion, n }: Pick<ScoreCell, 'confusion' | 'n'>): number {
  const counts = confusion.map((row) => row.reduce((sum, count) => sum + count, 0));
  return n === 0 ? 0 : Math.max(...counts) / n;
}

/** Samples of one class that were taken for another. */
export interface Mistake {
  /** The true class, and the predicted one. */
  readonly actual: string;
  readonly named: string;
  /** How many samples of the true class were taken for the other, and how many there are in all. */
  readonly count: number;
  readonly n: number;
}

/** The mistakes of a cell, the most common first. */
export function mistakesOf({ confusion, perClass }: Pick<ScoreCell, 'confusion' | 'perClass'>): Mistake[] {
  const nameOf = (id: number) => perClass[id].className;
  const mistakes = confusion.flatMap((row, actual) =>
    row.flatMap((count, named) =>
      count > 0 && named !== actual ? [{ actual: nameOf(actual), named: nameOf(named), count, n: perClass[actual].n }] : [],
    ),
  );
  return mistakes.sort((a, b) => b.count - a.count);
}

export interface GeneratedCellOptions {
  readonly from: Modality;
  /** Whose predictions to score: the judge's on the generated sample alone, or the multimodal classifier's. */
  readonly verdict: 'predictions' | 'fused';
  readonly paper: number | undefined;
  readonly classNames: readonly string[];
}

/** The cell for samples generated from a modality; null if the model can't generate from it. */
export function generatedCell(
  outcomes: readonly GeneratedOutcome[],
  { from, verdict, paper, classNames }: GeneratedCellOptions,
): Cell | null {
  const outputs = outputsFrom(outcomes, from);
  if (!outputs) return null;
  const { main, direct } = outputs;
  const score = (outcome: GeneratedOutcome) => scoreCell(outcome.actual, outcome[verdict], classNames);
  return { ...score(main), paper: paper ?? null, output: main.way.output, direct: direct && score(direct) };
}
