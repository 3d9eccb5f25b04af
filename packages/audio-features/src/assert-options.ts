/**
 * The names of all options of `T`, each with what other libraries call it: without case and underscores, separated by spaces. What the name
 * here begins with need not be among them. The compiler holds the list complete.
 */
export type OptionNames<T> = Readonly<Record<keyof Required<T>, string>>;

/** What other libraries call `sampleRateHz`. */
export const RATE_ELSEWHERE = 'sr fs rate frequency';

/**
 * Throws for an option that does not exist, with the one that was probably meant: `mfcc: options must be among …, got nMfcc (did you
 * mean coefficientCount?)`. Call it first, with the options as they came.
 *
 * @param names The options there are.
 * @param where The public function that was called.
 */
export function assertOptions(options: unknown, names: Readonly<Record<string, string>>, where: string): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options) || ArrayBuffer.isView(options)) {
    const found = typeof options === 'object' && options !== null ? (options.constructor?.name ?? 'object') : String(options);
    throw new RangeError(`${where}: options must be an object, such as { ${Object.keys(names)[0]!}: … }, got ${found}`);
  }
  for (const name of Object.keys(options)) {
    if (Object.hasOwn(names, name)) continue;
    const known = Object.keys(names);
    const nearest = nearestOption(name, names);
    const remedy = nearest === undefined ? '' : ` (did you mean ${nearest}?)`;
    throw new RangeError(`${where}: options must be among ${known.join(', ')}, got ${name}${remedy}`);
  }
}

const plain = (name: string) => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** The option that `name` was probably meant to be, or undefined when none is near (more than a third of its letters off). */
function nearestOption(name: string, names: Readonly<Record<string, string>>): string | undefined {
  const typed = plain(name);
  const known = Object.keys(names);
  const called =
    known.find((option) => names[option]!.split(' ').includes(typed)) ??
    known.find((option) => typed.length > 2 && plain(option).startsWith(typed));
  if (called !== undefined) return called;
  const distances = known.map((option) => ({ option, distance: editDistance(typed, plain(option)) }));
  const nearest = distances.reduce((best, each) => (each.distance < best.distance ? each : best));
  return nearest.distance <= Math.max(typed.length, 3) / 3 ? nearest.option : undefined;
}

/** Letters to insert, remove or replace (Levenshtein). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      next.push(Math.min(row[j + 1]! + 1, next[j]! + 1, row[j]! + (a[i] === b[j] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length]!;
}
