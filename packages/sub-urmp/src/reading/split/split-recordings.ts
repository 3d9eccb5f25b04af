import type { Split } from '../pair';
import type { Random } from '@cmcgan/random';

/** A file of a recording. */
export interface Splittable {
  /** Name of the recording; files with the same name stay together. */
  recording: string;
  className: string;
  split?: Split;
}

/** The split that a recording goes to. 'end' is for the only recording of a class, whose end is kept for validation. */
export type Side = Split | 'end';

/**
 * Splits each class by recording: `validationShare` of them, at least one, go to validation. If a class has only one recording, the end
 * of that recording is used for validation. Files that already have a split keep it.
 * @returns the split of every recording, by `sideKey`
 */
export function splitRecordings(
  items: readonly Splittable[],
  { validationShare, random }: { validationShare: number; random: Random },
): Map<string, Side> {
  const sides = new Map<string, Side>();
  const classes = [...new Set(items.map(({ className }) => className))].sort();
  for (const className of classes) {
    const mine = items.filter((item) => item.className === className);
    for (const { recording, split } of mine) if (split) sides.set(`${split} ${recording}`, split);
    const free = [...new Set(mine.filter(({ split }) => !split).map(({ recording }) => recording))].sort();
    if (free.length === 1) {
      sides.set(` ${free[0]}`, 'end');
      continue;
    }
    random.fork(className).shuffle(free);
    const validationCount = Math.min(Math.max(Math.round(validationShare * free.length), 1), free.length - 1);
    free.forEach((recording, i) => sides.set(` ${recording}`, i < validationCount ? 'validation' : 'train'));
  }
  return sides;
}

/** Key of a file in the map that splitRecordings returns. */
export const sideKey = ({ recording, split }: Splittable): string => `${split ?? ''} ${recording}`;
