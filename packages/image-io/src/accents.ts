import { GLYPH_HEIGHT, GLYPHS, MISSING_GLYPH } from './glyphs';

/** Marks that stand above a letter, in its two uppermost rows, by their combining character. */
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

/** Letters as they are seen, marks with the letter that they belong to, whichever way the text writes them. */
export function graphemes(text: string): string[] {
  return text.normalize('NFC').match(/\P{M}\p{M}*|\p{M}/gsu) ?? [];
}

/** Characters that look like one that the font has. */
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

/** The glyph of a letter, one with accents made of its parts; the box of a missing one if the font has no such letter or mark. */
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
  const above = marks.some((mark) => mark in ABOVE);
  const rows = above ? makeRoom(letter!, base) : [...base];
  for (const mark of marks) {
    const [place, art] = mark in ABOVE ? [0, ABOVE[mark]!] : [GLYPH_HEIGHT - 2, BELOW[mark]!];
    art.forEach((row, i) => (rows[place + i] = overlay(rows[place + i]!, row)));
  }
  return rows;
}

const EMPTY = '.....';
/** Rows that a tall letter can do without: the second and the last but one. */
const SPARED_ROWS = [1, 5];

/** The letter with nothing in its two uppermost rows: i and j without their dots, tall letters two rows shorter. */
function makeRoom(letter: string, rows: readonly string[]): string[] {
  if (letter === 'i' || letter === 'j') return [EMPTY, EMPTY, ...rows.slice(2)];
  if (rows[0] === EMPTY && rows[1] === EMPTY) return [...rows];
  return [EMPTY, EMPTY, ...rows.filter((_, y) => !SPARED_ROWS.includes(y))];
}

function overlay(row: string, mark: string): string {
  return [...row].map((dot, x) => (mark[x] === '#' ? '#' : dot)).join('');
}
