import type { Pair, Split } from '../pair';

/** The classes without a pair, by split. */
export function missingClasses(
  classNames: readonly string[],
  splits: Readonly<Record<Split, readonly Pair[]>>,
): Record<Split, string[]> {
  const missing = (split: Split) => {
    const present = new Set(splits[split].map(({ classId }) => classId));
    return classNames.filter((_, classId) => !present.has(classId));
  };
  return { train: missing('train'), validation: missing('validation') };
}

/** Describes missing classes, one line per split. */
export function describeMissingClasses({ train, validation }: Readonly<Record<Split, readonly string[]>>): string[] {
  const line = (names: readonly string[], side: string, rule: string) =>
    names.length === 0 ? [] : [`${names.join(', ')} ${names.length === 1 ? 'has' : 'have'} no pair to ${side} on: ${rule}`];
  return [
    ...line(train, 'train', 'a class without training pairs is never learnt'),
    ...line(validation, 'validate', 'a class without validation pairs is not in any validation figure'),
  ];
}
