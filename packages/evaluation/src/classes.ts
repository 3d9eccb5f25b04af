/** The classes of a run, a data set or a judge, with its name for messages. */
export interface Classes {
  readonly name: string;
  readonly classNames: readonly string[];
}

const NAMES_SHOWN = 3;

/**
 * Asserts that two of a run, data and judges have the same classes in the same order; otherwise figures would mean nothing.
 *
 * @param remedy what the user can do, as a clause
 * @throws Error that names the classes that only one of the two has
 */
export function assertSameClasses(one: Classes, other: Classes, remedy: string): void {
  const lacking = [lackingIn(one, other), lackingIn(other, one)].filter((part) => part !== null);
  if (lacking.length === 0) return assertSameOrder(one, other, remedy);
  const counts = [one, other].map(({ name, classNames }) => `${name} (${counted(classNames.length)})`);
  throw new Error(`${counts.join(' and ')} must have the same classes, but ${lacking.join('; ')}; ${remedy}`);
}

/** Asserts that there are at least two classes for a judge to tell apart. @throws otherwise */
export function assertSeveralClasses({ name, classNames }: Classes): void {
  if (classNames.length >= 2) return;
  const found = classNames.length === 0 ? 'no class' : `only one class, ${classNames[0]}`;
  throw new Error(`${name} has ${found}: a judge tells classes apart, so an evaluation needs at least two`);
}

/** The order matters because a class id is an index into the names. */
function assertSameOrder(one: Classes, other: Classes, remedy: string): void {
  const at = one.classNames.findIndex((name, id) => name !== other.classNames[id]);
  if (at < 0) return;
  const [mine, theirs] = [one.classNames[at], other.classNames[at]];
  throw new Error(
    `${one.name} and ${other.name} must have their classes in the same order, but class ${at} is ${mine} in one and ${theirs} in the other; ${remedy}`,
  );
}

/** "runs/a lacks 10: bassoon, cello, clarinet and 7 more"; null if it lacks none. */
function lackingIn(one: Classes, other: Classes): string | null {
  const lacking = other.classNames.filter((name) => !one.classNames.includes(name));
  if (lacking.length === 0) return null;
  const more = lacking.length - NAMES_SHOWN;
  return `${one.name} lacks ${lacking.length}: ${lacking.slice(0, NAMES_SHOWN).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** "1 class", "13 classes". */
const counted = (count: number) => `${count} ${count === 1 ? 'class' : 'classes'}`;
