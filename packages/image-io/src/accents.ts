import { GLYPH_HEIGHT, GLYPHS, MISSING_GLYPH } from './glyphs';

/** Marks above a letter, two rows each, by combining character. */
const ABOVE: Readonly<Record<string, readonly [string, string]>> = {
  '\u0300': ['.#...', '..#..'], // grave
  '\u0301': ['...#.', '..#..'], // acute
  '\u0302': ['..#..', '.#.#.'], // circumflex
  '\u0303': ['.##.#', '#..#.'], // tilde
  '\u0304': ['.###.', '.....'], // macron
  '\u0306': ['#...#', '.###.'], // breve
  '\u0307': ['..#..', '.....'], // dot
  '\u0308': ['.#.#.', '.....'], // diaeresis
  '\u0309': ['..##.', '...#.'], // hook
  '\u030a': ['.###.', '.###.'], // ring
  '\u030b': ['..#.#', '.#.#.'], // double acute
  '\u030c': ['.#.#.', '..#..'], // caron
  '\u031b': ['....#', '.....'], // horn
};

/** Marks below, in the two rows of descenders. */
const BELOW: Readonly<Record<string, readonly [string, string]>> = {
  '\u0323': ['.....', '..#..'], // dot
  '\u0326': ['..#..', '.#...'], // comma
  '\u0327': ['..#..', '.##..'], // cedilla
  '\u0328': ['...#.', '...##'], // ogonek
  '\u0331': ['.....', '.###.'], // macron
};

/** Splits text into letters as the reader sees them, each with its marks, composed or not. */
export function graphemes(text: string): string[] {
  return text.normalize('NFC').match(/\P{M}\p{M}*|\p{M}/gsu) ?? [];
}

/** Characters drawn as a similar one that the font has. */
const ALIKE: Readonly<Record<string, string>> = {
  '\u00a0': ' ',
  Ð: 'Đ',
  '\u2010': '-',
  '\u2011': '-',
  '\u2212': '-',
  '\u201a': ',',
  '\u1e9e': 'ß',
};

const composed = new Map<string, readonly string[]>();

/** The glyph of a letter; accented letters are composed. The missing-character box if the font lacks the letter or the mark. */
export function glyphOf(grapheme: string): readonly string[] {
  const known = GLYPHS.get(grapheme) ?? composed.get(grapheme);
  if (known) return known;
  const glyph = GLYPHS.get(ALIKE[grapheme] ?? '') ?? compose(grapheme) ?? GLYPHS.get(MISSING_GLYPH)!;
  composed.set(grapheme, glyph);
  return glyph;
}

function compose(grapheme: string): readonly string[] | undefined {
  const [letter, ...marks] = [...grapheme.normalize('NFD')];
  const base = GLYPHS.get(letter!);
  if (!base || marks.length === 0 || !marks.every((mark) => mark in ABOVE || mark in BELOW)) return undefined;
  const rows = marks.some((mark) => mark in ABOVE) && 'ij'.includes(letter!) ? withoutDot(base) : [...base];
  const low = rows.slice(0, X_HEIGHT_ROW).every((row) => row === EMPTY);
  for (const mark of marks) {
    const [place, art] = mark in ABOVE ? [low ? X_HEIGHT_ROW - 3 : 0, ABOVE[mark]!] : [GLYPH_HEIGHT - 2, BELOW[mark]!];
    art.forEach((row, i) => (rows[place + i] = overlay(rows[place + i]!, row)));
  }
  return rows;
}

const EMPTY = '.....';
/** The top row of lower-case letters. */
const X_HEIGHT_ROW = 4;

function withoutDot(rows: readonly string[]): string[] {
  return rows.map((row, y) => (y < X_HEIGHT_ROW ? EMPTY : row));
}

function overlay(row: string, mark: string): string {
  return [...row].map((dot, x) => (mark[x] === '#' ? '#' : dot)).join('');
}
