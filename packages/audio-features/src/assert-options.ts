import { assertArgument } from './assert-argument';

/**
 * The names of all options of `T`, each with the names that other libraries use: lower case, without underscores, separated by spaces.
 * Prefixes of our own name need not be listed. The compiler ensures that no option is missing.
 */
export type OptionNames<T> = Readonly<Record<keyof Required<T>, string>>;

/** What other libraries call `sampleRateHz`. */
export const RATE_ELSEWHERE = 'sr fs rate frequency';

/**
 * Throws for an option that does not exist, with the one that was probably meant: `mfcc: options must be among …, got nMfcc (did you
 * mean coefficientCount?)`. Call it first, with the options as passed.
 *
 * @param names The existing options.
 * @param where The public function that was called.
 */
export function assertOptions(options: unknown, names: Readonly<Record<string, string>>, where: string): void {
  const known = Object.keys(names);
  const kind = {}.toString.call(options); // [object Object], of any realm
  const found = typeof options === 'object' && options ? kind.slice(8, -1) : options;
  assertArgument(kind === '[object Object]', where, `options must be an object, such as { ${known[0]!}: … }`, found);
  for (const name of Object.keys(options as object)) {
    if (known.includes(name)) continue;
    assertArgument(false, where, `options must be among ${known.join(', ')}`, name + remedyFor(name, names));
  }
}

const plain = (name: string) => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** Suggests the option that was probably meant; empty if none is close (more than a third of the letters differ). */
function remedyFor(unknown: string, names: Readonly<Record<string, string>>): string {
  const typed = plain(unknown);
  const distanceOf = (option: string) => {
    if (names[option]!.split(' ').includes(typed)) return -1;
    if (typed.length > 2 && plain(option).startsWith(typed)) return 0;
    return editDistance(typed, plain(option));
  };
  const nearest = Object.keys(names).reduce((best, option) => (distanceOf(option) < distanceOf(best) ? option : best));
  return distanceOf(nearest) <= Math.max(typed.length, 3) / 3 ? ` (did you mean ${nearest}?)` : '';
}

/** Letters to insert, remove or replace (Levenshtein). */
function editDistance(a: string, b: string): number {
  let row = [0, ...b].map((_, j) => j);
  for (const letter of a) {
    const next = [row[0]! + 1];
    for (let j = 0; j < b.length; j++) next.push(Math.min(row[j + 1]! + 1, next[j]! + 1, row[j]! + Number(letter !== b[j])));
    row = next;
  }
  return row[b.length]!;
}
