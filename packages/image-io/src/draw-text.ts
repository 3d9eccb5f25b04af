import { glyphOf, graphemes } from './accents';
import { GLYPH_HEIGHT, GLYPH_WIDTH } from './glyphs';
import { assertKnownOptions } from './known-options';
import type { Picture, Rgb } from './picture';

/** Width in pixels of a line of text at a scale: glyphs with one empty column between them. */
export function textWidth(text: string, scale: number): number {
  const { length } = graphemes(text);
  return length === 0 ? 0 : (length * (GLYPH_WIDTH + 1) - 1) * scale;
}

/** Height in pixels of a line of text, descenders included. */
export function textHeight(scale: number): number {
  return GLYPH_HEIGHT * scale;
}

/**
 * Draws one line of text in the built-in font, its top left corner at (left, top). Parts outside the picture are not drawn; a
 * character that the font does not have (it has ASCII, Latin letters with their accents, and a few signs) is shown as a box.
 * @throws TypeError for an unknown option
 */
export function drawText(picture: Picture, text: string, at: { left: number; top: number; scale: number; colour: Rgb }): void {
  assertKnownOptions('drawText', at, ['left', 'top', 'scale', 'colour']);
  const { left, top, scale, colour } = at;
  graphemes(text).forEach((character, i) => {
    const start = left + i * (GLYPH_WIDTH + 1) * scale;
    glyphOf(character).forEach((row, y) =>
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
 * that is too long for one line. Line breaks in the text are kept.
 */
export function wrapText(text: string, { maxWidth, scale }: { maxWidth: number; scale: number }): string[] {
  const perLine = Math.max(1, Math.floor((maxWidth / scale + 1) / (GLYPH_WIDTH + 1)));
  return text.split('\n').flatMap((paragraph) => {
    const lines: string[] = [];
    let line = '';
    for (const word of paragraph.match(/[^ _/]*[_/]|[^ _/]+| +/g) ?? []) {
      if (graphemes(line).length + graphemes(word.trimEnd()).length > perLine && line.trim() !== '') {
        lines.push(line.trim());
        line = '';
      }
      const letters = graphemes(line + word);
      while (letters.length > perLine && graphemes(letters.join('').trim()).length > perLine) {
        lines.push(letters.splice(0, perLine).join(''));
      }
      line = letters.join('');
    }
    return [...lines, line.trim()];
  });
}

/** At most so many first lines of a text; the last ends in an ellipsis if anything is left out. */
export function shortenLines(
  lines: readonly string[],
  { most, maxWidth, scale }: { most: number; maxWidth: number; scale: number },
): string[] {
  if (lines.length <= most) return [...lines];
  const letters = graphemes(lines[most - 1]!);
  while (letters.length > 0 && textWidth(`${letters.join('')}…`, scale) > maxWidth) letters.pop();
  return [...lines.slice(0, most - 1), `${letters.join('').trimEnd()}…`];
}
