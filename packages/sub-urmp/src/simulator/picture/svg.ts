import type { Placement, Point } from './geometry';

/** How a shape is painted; colours as in CSS. */
export interface Paint {
  readonly fill?: string;
  readonly stroke?: string;
  readonly width?: number;
  readonly opacity?: number;
}

/** Formats a number with two decimals: enough on a canvas of 128 units, and the same on every machine. */
const number = (value: number) => String(Math.round(value * 100) / 100);

function attributes({ fill = 'none', stroke, width = 1, opacity }: Paint): string {
  const line = stroke ? ` stroke="${stroke}" stroke-width="${number(width)}" stroke-linecap="round" stroke-linejoin="round"` : '';
  return `fill="${fill}"${line}${opacity === undefined ? '' : ` opacity="${number(opacity)}"`}`;
}

export function path(d: string, paint: Paint): string {
  return `<path d="${d}" ${attributes(paint)}/>`;
}

export function line(points: readonly Point[], paint: Paint): string {
  return path(`M${points.map(({ x, y }) => `${number(x)},${number(y)}`).join('L')}`, paint);
}

export function circle({ x, y }: Point, radius: number, paint: Paint): string {
  return `<circle cx="${number(x)}" cy="${number(y)}" r="${number(radius)}" ${attributes(paint)}/>`;
}

export function ellipse({ x, y }: Point, [radiusX, radiusY]: readonly [number, number], paint: Paint): string {
  return `<ellipse cx="${number(x)}" cy="${number(y)}" rx="${number(radiusX)}" ry="${number(radiusY)}" ${attributes(paint)}/>`;
}

export function rectangle(
  { x, y }: Point,
  [width, height]: readonly [number, number],
  paint: Paint & { radius?: number },
): string {
  const corner = paint.radius === undefined ? '' : ` rx="${number(paint.radius)}"`;
  return `<rect x="${number(x)}" y="${number(y)}" width="${number(width)}" height="${number(height)}"${corner} ${attributes(paint)}/>`;
}

/** Draws `content` in the coordinates of a placement. */
export function placed({ origin, degrees, scaleX = 1, scaleY = 1 }: Placement, content: string): string {
  const move = `translate(${number(origin.x)} ${number(origin.y)})`;
  return `<g transform="${move} rotate(${number(degrees)}) scale(${scaleX} ${scaleY})">${content}</g>`;
}

/** A gradient for `fill="url(#id)"`, top to bottom by default; with `radial`, from the centre outwards. */
export function gradient(id: string, colours: readonly string[], { radial = false, sideways = false } = {}): string {
  const stops = colours
    .map((colour, i) => `<stop offset="${number(i / (colours.length - 1))}" stop-color="${colour}"/>`)
    .join('');
  if (radial) return `<defs><radialGradient id="${id}" cx=".42" cy=".4" r=".65">${stops}</radialGradient></defs>`;
  const direction = sideways ? 'x1="0" y1="0" x2="1" y2="0"' : 'x1="0" y1="0" x2="0" y2="1"';
  return `<defs><linearGradient id="${id}" ${direction}>${stops}</linearGradient></defs>`;
}

/** Outline, body and highlight of one material. */
export interface Material {
  readonly dark: string;
  readonly main: string;
  readonly light: string;
}

/** Draws a pipe along a path, `width` units thick. */
export function tube(d: string, width: number, { dark, main, light }: Material): string {
  return (
    path(d, { stroke: dark, width: width + 1.5 }) +
    path(d, { stroke: main, width }) +
    path(d, { stroke: light, width: width * 0.32, opacity: 0.85 })
  );
}
