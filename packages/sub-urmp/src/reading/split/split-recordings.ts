import type { Split } from '../pair';
import type { Random } from '@cmcgan/random';

/** One recording, or what was put into one folder for it. */
export interface Splittable {
  /** Files with the same name stay together. */
  recording: string;
  className: string;
  split?: Split;
}

/** Where recordings go. 'end' is one that is alone in its class: its end is kept for validation. */
export type Side = Split | 'end';

/**
 * Splits by recording, class by class: `validationShare` of them, at least one, to validation. A class with one recording has
 * nothing else to validate on than that recording's own end. What was put on a side already stays there.
 * @returns the side of every recording name
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
