import { scorePredictions, type Accuracy } from '@cmcgan/classifier';
import type { Modality, Output } from '@cmcgan/model';
import type { GeneratedOutcome } from '../measures/score-generated';
import { outputsFrom } from '../samples/directions';

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

/** What guessing gets at best: always naming the most frequent class. Of classes that are equally frequent, one in as many as there are. */
export function chanceOf({ confusion, n }: Pick<ScoreCell, 'confusion' | 'n'>): number {
  const counts = confusion.map((row) => row.reduce((sum, count) => sum + count, 0));
  return n === 0 ? 0 : Math.max(...counts) / n;
}

/** A class that samples of another one were taken for. */
export interface Mistake {
  /** The true class, and the one that was named. */
  readonly actual: string;
  readonly named: string;
  /** Samples of the true class that were taken for the other, and all of them. */
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
  /** Whose verdict: the judge's on the generated sample alone, or the multimodal classifier's. */
  readonly verdict: 'predictions' | 'fused';
  readonly paper: number | undefined;
  readonly classNames: readonly string[];
}

/** The cell of what was generated from a modality; null where the model has no way from there. */
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
