import { GLYPH_HEIGHT, GLYPH_WIDTH, GLYPHS, MISSING_GLYPH } from './glyphs';
import type { Picture, Rgb } from './picture';

/** Width in pixels of a line of text drawn at a scale: glyphs with one empty column between them. */
export function textWidth(text: string, scale: number): number {
  const length = [...text].length;
  return length === 0 ? 0 : (length * (GLYPH_WIDTH + 1) - 1) * scale;
}

/** Height in pixels of a line of text, descenders included. */
export function textHeight(scale: number): number {
  return GLYPH_HEIGHT * scale;
}

/**
 * Draws one line of text in the built-in font, its top left corner at (left, top). Parts outside the picture are not drawn; a
 * character that the font does not have (it has printable ASCII and a few signs) shows as a box.
 */
export function drawText(picture: Picture, text: string, at: { left: number; top: number; scale: number; colour: Rgb }): void {
  const { left, top, scale, colour } = at;
  [...text].forEach((character, i) => {
    const glyph = GLYPHS.get(character) ?? (GLYPHS.get(MISSING_GLYPH) as readonly string[]);
    const start = left + i * (GLYPH_WIDTH + 1) * scale;
    glyph.forEach((row, y) =>
      [...row].forEach((dot, x) => {
        if (dot === '#') fillSquare(picture, { left: start + x * scale, top: top + y * scale, side: scale, colour });
      }),
    );
  });
}

function fillSquare(picture: Picture, square: { left: number; top: number; side: number; colour: Rgb }): void {
  for (let y = Math.max(square.top, 0); y < Math.min(square.top + square.side, picture.height); y++) {
    for (let x = Math.max(square.left, 0); x < Math.min(square.left + square.side, picture.width); x++) {
      picture.pixels.set(square.colour, (y * picture.width + x) * 3);
    }
  }
}

/**
 * Breaks text into lines no wider than `maxWidth` pixels, at spaces, at '_' or '/' (kept at the line's end), or inside a word
 * that is too long for a line of its own. Line breaks in the text are kept.
 */
export function wrapText(text: string, { maxWidth, scale }: { maxWidth: number; scale: number }): string[] {
  const perLine = Math.max(1, Math.floor((maxWidth / scale + 1) / (GLYPH_WIDTH + 1)));
  return text.split('\n').flatMap((paragraph) => {
    const lines: string[] = [];
    let line = '';
    for (const word of paragraph.match(/[^ _/]*[_/]|[^ _/]+| +/g) ?? []) {
      if ([...line, ...word.trimEnd()].length > perLine && line.trim() !== '') {
        lines.push(line.trim());
        line = '';
      }
      const letters = [...line, ...word];
      while (letters.length > perLine && letters.join('').trim().length > perLine) {
        lines.push(letters.splice(0, perLine).join(''));
      }
      line = letters.join('');
    }
    return [...lines, line.trim()];
  });
}
