import { type Direction, DIRECTIONS, type Modality } from '@cmcgan/model';
import { chanceOf, type ScoreCell } from './cell';
import { percent } from './format-cell';
import type { Table1 } from './table1';

/** Whether a model's samples in one direction are good, as a sentence. */
export interface Verdict {
  readonly level: 'bad' | 'fair' | 'good' | 'unknown';
  /** "Images made from sounds: weak." */
  readonly claim: string;
  /** The figures behind the claim. */
  readonly grounds: string;
}

/** What each direction generates, from what, and which judge scores it. */
export const MADE: Readonly<Record<Direction, { made: string; from: string; judge: Modality }>> = {
  soundToImage: { made: 'images', from: 'sounds', judge: 'V' },
  imageToSound: { made: 'sounds', from: 'images', judge: 'A' },
};

/** What weak, fair and good mean. */
export const VERDICT_SCALE =
  'Weak, fair and good are the lower, middle and upper third of the range between chance and real samples.';

/** One verdict for each direction that a model has; `real` holds the judge's scores on real test samples. */
export function verdictsOf(table1: Table1, real: Readonly<Record<Modality, ScoreCell>>): Verdict[] {
  return DIRECTIONS.flatMap((direction) => {
    const cell = table1[direction].test;
    return cell === null ? [] : [verdictOf(direction, cell, real[MADE[direction].judge])];
  });
}

function verdictOf(direction: Direction, generated: ScoreCell, real: ScoreCell): Verdict {
  const { made, from } = MADE[direction];
  const chance = chanceOf(generated);
  const { level, word } = grade(generated, real, { chance, made });
  const subject = `${made[0].toUpperCase()}${made.slice(1)} made from ${from}`;
  return {
    level,
    claim: `${subject}: ${word}.`,
    grounds: `A judge trained on real ${made} recognises ${percent(generated.accuracy)} of the ${made} made from test ${from}; chance is ${percent(chance)}, real test ${made} get ${percent(real.accuracy)}.`,
  };
}

function grade(
  { accuracy, interval }: ScoreCell,
  real: ScoreCell,
  { chance, made }: { chance: number; made: string },
): { level: Verdict['level']; word: string } {
  if (real.interval[0] <= chance)
    return { level: 'unknown', word: `cannot be judged, since the judge does not recognise real ${made} either` };
  if (interval[0] <= chance) return { level: 'bad', word: 'no better than chance' };
  if (interval[1] >= real.accuracy) return { level: 'good', word: `as recognisable as real ${made}` };
  const share = (accuracy - chance) / (real.accuracy - chance);
  if (share < 1 / 3) return { level: 'bad', word: 'weak' };
  return share < 2 / 3 ? { level: 'fair', word: 'fair' } : { level: 'good', word: 'good' };
}
