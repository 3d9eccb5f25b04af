/** Levenshtein distance: the number of single-letter insertions, deletions and replacements that turn one word into the other. */
function editDistance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const replaced = previous[column - 1]! + (from[row - 1] === to[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, previous[column]! + 1, current[column - 1]! + 1));
    }
    previous = current;
  }
  return previous[to.length]!;
}

/** The text in lower case, without dashes, underscores and spaces. */
const plain = (text: string) => text.toLowerCase().replaceAll(/[-_ ]/g, '');

/**
 * The name that the typed word was probably meant to be: the only one that starts with it, else the nearest; undefined if none is near (at
 * most a third of its letters off, or two).
 */
export function nearestName(typed: string, names: readonly string[]): string | undefined {
  const begun = names.filter((name) => plain(name).startsWith(plain(typed)));
  if (begun.length === 1 && typed.length > 1) return begun[0];
  const ranked = names
    .map((name) => ({ name, distance: editDistance(plain(typed), plain(name)) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best && best.distance <= Math.max(2, Math.ceil(best.name.length / 3)) ? best.name : undefined;
}

/** Names used by other programs, with ours. */
export type Synonyms = Readonly<Record<string, string>>;

/** The end of a message about an unknown name: "; did you mean laptop? (presets: paper, laptop)", or " (presets: …)". */
export function suggestion(typed: string, kind: string, names: readonly string[], synonyms: Synonyms = {}): string {
  const nearest = synonyms[typed.toLowerCase()] ?? nearestName(typed, names);
  return `${nearest ? `; did you mean ${nearest}?` : ''} (${kind}: ${names.join(', ')})`;
}
