import { describe, expect, it } from 'vitest';
import { glyphOf, graphemes } from './accents';
import { GLYPH_HEIGHT, GLYPH_WIDTH, GLYPHS, MISSING_GLYPH } from './glyphs';

const BOX = GLYPHS.get(MISSING_GLYPH)!;
/** Every letter of Latin-1 and Latin Extended-A, which European languages use, except four that have fallen out of use. */
const LETTERS = Array.from({ length: 0x17f - 0xc0 }, (_, i) => String.fromCodePoint(0xc0 + i)).filter(
  (character) => /\p{L}/u.test(character) && !'ĦħĲĳĸĿŀŉŊŦŧſ'.includes(character),
);

describe('glyphOf', () => {
  it('has every accented Latin letter, each with a different drawing', () => {
    expect(LETTERS.filter((letter) => glyphOf(letter) === BOX)).toEqual([]);
    for (const letter of LETTERS) {
      expect(glyphOf(letter), letter).toHaveLength(GLYPH_HEIGHT);
      for (const row of glyphOf(letter)) expect(row, letter).toMatch(new RegExp(`^[.#]{${GLYPH_WIDTH}}$`));
    }
    const plain = Array.from({ length: 26 }, (_, i) => [String.fromCharCode(65 + i), String.fromCharCode(97 + i)]).flat();
    const drawings = [...plain, ...LETTERS.filter((letter) => letter !== 'Ð')].map((letter) => glyphOf(letter).join());
    expect(new Set(drawings).size).toBe(drawings.length);
  });

  it('draws a letter and its mark the same, composed or not', () => {
    expect(glyphOf('é'.normalize('NFD'))).toEqual(glyphOf('é'.normalize('NFC')));
  });

  it('draws letters of other scripts as the missing-character box', () => {
    expect(glyphOf('ж')).toBe(BOX);
    expect(glyphOf('字')).toBe(BOX);
  });
});

describe('graphemes', () => {
  it('counts letters as the reader sees them', () => {
    expect(graphemes('e\u0301a\u0328\u0301ß')).toHaveLength(3);
    expect(graphemes('')).toEqual([]);
  });
});
