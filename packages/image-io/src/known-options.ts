/**
 * Throws a TypeError that names `caller`, and the option that was probably meant, unless every key of `options` is known. Keys whose
 * value is undefined count too: a misspelt option is an error whatever its value.
 */
export function assertKnownOptions(caller: string, options: unknown, known: readonly string[]): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new TypeError(`${caller}: options must be an object, got ${Array.isArray(options) ? 'an array' : String(options)}`);
  }
  for (const key of Object.keys(options)) {
    if (known.includes(key)) continue;
    const meant = nearest(key, known);
    const hint = meant ? `did you mean ${meant}?` : `it takes ${known.join(', ')}`;
    throw new TypeError(`${caller}: options must be known ones, got ${key}; ${hint}`);
  }
}

/** Other libraries' names → the names of our options. */
const SYNONYMS: Readonly<Record<string, string>> = {
  bg: 'background',
  color: 'colour',
  columns: 'columnLabels',
  fillColor: 'background',
  filename: 'name',
  foreground: 'ink',
  frames: 'frameCount',
  hop: 'secondsPerFrame',
  limitInputPixels: 'maxPixels',
  max: 'high',
  mels: 'melCount',
  min: 'low',
  nFrames: 'frameCount',
  nMels: 'melCount',
  onWarn: 'onWarning',
  path: 'name',
  resize: 'size',
  vmax: 'high',
  vmin: 'low',
  x: 'left',
  y: 'top',
};

function nearest(key: string, known: readonly string[]): string | undefined {
  const synonym = SYNONYMS[key];
  if (synonym && known.includes(synonym)) return synonym;
  const plain = (name: string) => name.toLowerCase().replace(/[-_]/g, '');
  const ranked = known
    .map((name) => ({ name, distance: editDistance(plain(key), plain(name)) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best && best.distance <= Math.max(1, Math.floor(best.name.length / 3)) ? best.name : undefined;
}

/** Levenshtein distance: insertions, deletions and replacements of single letters. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, j) => j);
  for (let i = 1; i <= from.length; i++) {
    const above = row;
    row = [i];
    for (let j = 1; j <= to.length; j++) {
      const replaced = above[j - 1]! + (from[i - 1] === to[j - 1] ? 0 : 1);
      row.push(Math.min(replaced, above[j]! + 1, row[j - 1]! + 1));
    }
  }
  return row[to.length]!;
}
