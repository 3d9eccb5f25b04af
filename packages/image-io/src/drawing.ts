import { drawText, textHeight, textWidth } from './draw-text';
import { blankPicture, pastePicture, type Picture, type Rgb } from './picture';

/** A line of text; `left` and `top` are those of its box in the built-in font. */
export interface DrawnText {
  text: string;
  left: number;
  top: number;
  /** Which side of the box stays in place in another font: 'end' for the numbers to the left of an axis. */
  align: 'start' | 'middle' | 'end';
}

/** A sheet of pictures, lines and labels: laid out once, then drawn as pixels or as SVG. All places are whole pixels. */
export interface Drawing {
  width: number;
  height: number;
  background: Rgb;
  ink: Rgb;
  /** Pixels per dot of the built-in font. */
  textScale: number;
  pictures: { picture: Picture; left: number; top: number }[];
  lines: { left: number; top: number; width: number; height: number }[];
  texts: DrawnText[];
}

/** The left edge of a text's box whose given side, or middle, is at `at`. */
export function alignedLeft(
  text: string,
  { at, align, textScale }: { at: number; align: DrawnText['align']; textScale: number },
): number {
  const width = textWidth(text, textScale);
  if (align === 'start') return Math.round(at);
  return Math.round(align === 'end' ? at - width : at - width / 2);
}

/** Draws it as pixels, with labels in the built-in font. */
export function paintDrawing({ width, height, background, ink, textScale, pictures, lines, texts }: Drawing): Picture {
  const sheet = blankPicture(width, height, background);
  for (const { picture, left, top } of pictures) pastePicture(sheet, picture, left, top);
  for (const line of lines) pastePicture(sheet, blankPicture(line.width, line.height, ink), line.left, line.top);
  for (const { text, left, top } of texts) drawText(sheet, text, { left, top, scale: textScale, colour: ink });
  return sheet;
}

/** The font family of labels in an SVG. */
const FONTS = 'system-ui, -apple-system, Segoe UI, Roboto, Noto Sans, DejaVu Sans, sans-serif';
/** Font size as a share of the line height: a page's letters are then about as wide as the built-in ones. */
const FONT_SHARE = 9 / 11;
/** The baseline, as a share of the line height from the top. */
const BASELINE_SHARE = 9 / 11;

/** Draws it as an SVG document for a page: pictures unchanged, labels in the page's font, sharp at every size. */
export async function drawingToSvg(drawing: Drawing, encode: (picture: Picture) => Promise<Uint8Array>): Promise<string> {
  const { width, height, background, ink, textScale, pictures, lines, texts } = drawing;
  const images = await Promise.all(
    pictures.map(async ({ picture, left, top }) => {
      const size = `x="${left}" y="${top}" width="${picture.width}" height="${picture.height}"`;
      return `<image ${size} image-rendering="pixelated" href="data:image/png;base64,${base64(await encode(picture))}"/>`;
    }),
  );
  const line = textHeight(textScale);
  const rule = (at: Drawing['lines'][number]) => `<rect x="${at.left}" y="${at.top}" width="${at.width}" height="${at.height}"/>`;
  const label = ({ text, left, top, align }: DrawnText) => {
    const x = left + { start: 0, middle: 0.5, end: 1 }[align] * textWidth(text, textScale);
    return `<text x="${x}" y="${(top + line * BASELINE_SHARE).toFixed(2)}" text-anchor="${align}">${escapeXml(text)}</text>`;
  };
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    `<rect width="100%" height="100%" fill="rgb(${background.join(' ')})"/>`,
    ...images,
    `<g fill="rgb(${ink.join(' ')})" font-family="${FONTS}" font-size="${(line * FONT_SHARE).toFixed(2)}">`,
    ...lines.map(rule),
    ...texts.map(label),
    '</g>',
    '</svg>',
  ].join('\n');
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeXml = (text: string) => text.replace(/[&<>"]/g, (character) => ESCAPES[character]!);

function base64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(binary);
}
