import { describe, expect, it } from 'vitest';
import { GLYPH_HEIGHT, GLYPH_WIDTH, GLYPHS, MISSING_GLYPH } from './glyphs';

const printable = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i));

describe('GLYPHS', () => {
  it('holds the whole of printable ASCII and the sign for a missing character', () => {
    expect(printable.filter((character) => !GLYPHS.has(character))).toEqual([]);
    expect(GLYPHS.has(MISSING_GLYPH)).toBe(true);
  });

  it('has glyphs of one size, made of ink and paper', () => {
    for (const [character, rows] of GLYPHS) {
      expect(rows, character).toHaveLength(GLYPH_HEIGHT);
      for (const row of rows) expect(row, character).toMatch(new RegExp(`^[.#]{${GLYPH_WIDTH}}$`));
    }
  });

  it('draws no two ASCII characters alike and only the space empty', () => {
    const drawings = printable.map((character) => (GLYPHS.get(character) ?? []).join(''));
    expect(new Set(drawings).size).toBe(95);
    expect(printable.filter((_, i) => !drawings[i].includes('#'))).toEqual([' ']);
  });
});
