import { type Direction, DIRECTIONS } from '@cmcgan/model';
import { chanceOf, type ScoreCell } from './cell';
import { percent } from './format-cell';
import type { Table1 } from './table1';

/** Whether what a model generates in one direction is good, in words that need no table. */
export interface Verdict {
  readonly level: 'bad' | 'fair' | 'good' | 'unknown';
  /** "Images made from sounds: weak." */
  readonly claim: string;
  /** The figures that the claim rests on. */
  readonly grounds: string;
}

/** What is made from what, by direction. */
export const MADE: Readonly<Record<Direction, { made: string; from: string; judge: 'V' | 'A' }>> = {
  soundToImage: { made: 'images', from: 'sounds', judge: 'V' },
  imageToSound: { made: 'sounds', from: 'images', judge: 'A' },
};

/** What the words of a verdict stand for. */
export const VERDICT_SCALE =
  'Weak, fair and good are the lower, middle and upper third of the way from chance to what real samples get.';

/** One verdict for each direction that a model has; `real` is what the judge makes of real test samples. */
export function verdictsOf(table1: Table1, real: Readonly<Record<'V' | 'A', ScoreCell>>): Verdict[] {
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
    grounds: `A judge of real ${made} names the right class for ${percent(generated.accuracy)} of those made from test ${from}; chance is ${percent(chance)}, real test ${made} get ${percent(real.accuracy)}.`,
  };
}

function grade(
  { accuracy, interval }: ScoreCell,
  real: ScoreCell,
  { chance, made }: { chance: number; made: string },
): { level: Verdict['level']; word: string } {
  if (real.interval[0] <= chance)
    return { level: 'unknown', word: `not to be judged, since the judge does not know real ${made} either` };
  if (interval[0] <= chance) return { level: 'bad', word: 'no better than chance' };
  if (interval[1] >= real.accuracy) return { level: 'good', word: `as recognisable as real ${made}` };
  const share = (accuracy - chance) / (real.accuracy - chance);
  if (share < 1 / 3) return { level: 'bad', word: 'weak' };
  return share < 2 / 3 ? { level: 'fair', word: 'fair' } : { level: 'good', word: 'good' };
}
