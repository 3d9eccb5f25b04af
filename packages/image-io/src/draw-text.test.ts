import { describe, expect, it } from 'vitest';
import { drawText, textHeight, textWidth, wrapText } from './draw-text';
import { GLYPHS, MISSING_GLYPH } from './glyphs';
import { blankPicture, type Picture } from './picture';

/** The picture as rows of '#' (ink) and '.'. */
function asRows({ pixels, width, height }: Picture): string[] {
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => (pixels[(y * width + x) * 3] === 0 ? '#' : '.')).join(''),
  );
}

const draw = (text: string, width: number, scale = 1, left = 0) => {
  const picture = blankPicture(width, textHeight(scale), [255, 255, 255]);
  drawText(picture, text, { left, top: 0, scale, colour: [0, 0, 0] });
  return asRows(picture);
};

describe('drawText', () => {
  it('draws the glyphs with one empty column between them', () => {
    const [i, dot] = ['i', '.'].map((character) => GLYPHS.get(character) as readonly string[]);
    expect(draw('i.', textWidth('i.', 1))).toEqual(i.map((row, y) => `${row}.${dot[y]}`));
  });

  it('scales every dot', () => {
    expect(draw('L', textWidth('L', 2), 2).slice(16, 18)).toEqual(['##########', '##########']);
  });

  it('shows a box for a character it does not have', () => {
    expect(draw('字', 5)).toEqual(GLYPHS.get(MISSING_GLYPH));
  });

  it('leaves out what lies outside the picture', () => {
    expect(draw('H', 3, 1, -2)).toEqual((GLYPHS.get('H') as readonly string[]).map((row) => row.slice(2)));
  });
});

describe('wrapText', () => {
  const wrap = (text: string, letters: number) => wrapText(text, { maxWidth: letters * 6 - 1, scale: 1 });

  it.each([
    ['short', 10, ['short']],
    ['two words here', 9, ['two words', 'here']],
    ['double_bass', 8, ['double_', 'bass']],
    ['unbreakable', 4, ['unbr', 'eaka', 'ble']],
    ['a\nb', 9, ['a', 'b']],
    ['', 9, ['']],
  ])('%j at %i letters', (text, letters, lines) => {
    expect(wrap(text, letters)).toEqual(lines);
  });

  it('never exceeds the width or loses a letter', () => {
    const text = 'Validation: sound to image, V→A→V/direct_output abcdefghijklmnop';
    for (let letters = 1; letters < 30; letters++) {
      const lines = wrap(text, letters);
      expect(Math.max(...lines.map((line) => [...line].length))).toBeLessThanOrEqual(letters);
      expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
    }
  });
});
