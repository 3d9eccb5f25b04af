import { point } from './geometry';
import type { Light, Place } from './palette';
import { ellipse, gradient, line, rectangle } from './svg';

const FLOOR_Y = 108;
/** The background extends beyond the canvas, so that it fills every framing. */
const [EDGE, EXTENT] = [-36, 200];

/** Draws the wall, the floor and a pool of light behind the player. */
export function background({ wallTop, wallBottom, floor, style }: Place, { direction }: Light): string {
  return (
    gradient('wall', [wallTop, wallBottom]) +
    gradient('floor', [floor, '#6d5443']) +
    `<defs><radialGradient id="glow"><stop offset="0" stop-color="#fffaf0" stop-opacity=".75"/><stop offset="1" stop-color="#fffaf0" stop-opacity="0"/></radialGradient></defs>` +
    rectangle(point(EDGE, EDGE), [EXTENT, EXTENT], { fill: 'url(#wall)' }) +
    WALL_PATTERNS[style] +
    ellipse(point(64 + 24 * direction, 52), [62, 58], { fill: 'url(#glow)' }) +
    rectangle(point(EDGE, FLOOR_Y), [EXTENT, 60], { fill: 'url(#floor)' }) +
    line([point(EDGE, FLOOR_Y), point(EDGE + EXTENT, FLOOR_Y)], { stroke: '#fff8ea', width: 1.2, opacity: 0.5 })
  );
}

const stripes = (step: number, stroke: string, [width, opacity]: readonly [number, number]) =>
  Array.from({ length: Math.ceil(EXTENT / step) }, (_, i) =>
    line([point(EDGE + i * step, EDGE), point(EDGE + i * step, FLOOR_Y)], { stroke, width, opacity }),
  ).join('');

/** To add one: one row here, and its name in `WALL_STYLES`. */
const WALL_PATTERNS: Readonly<Record<Place['style'], string>> = {
  plain: '',
  curtain: stripes(12, '#4b3550', [4, 0.16]),
  panels: stripes(32, '#5e4632', [1.2, 0.3]),
  window: [8, 88]
    .map((x) => rectangle(point(x, 4), [30, 56], { fill: '#dfeaf2', stroke: '#efeae0', width: 2.4, opacity: 0.75 }))
    .join(''),
  shelves: [14, 40, 66, 92]
    .map(
      (y) =>
        rectangle(point(EDGE, y), [EXTENT, 2.4], { fill: '#5e4632', opacity: 0.5 }) +
        [-30, -4, 9, 30, 70, 96, 118, 140]
          .map((x, i) =>
            rectangle(point(x, y - 13 + (i % 3)), [6 + (i % 4) * 3, 13 - (i % 3)], { fill: '#4d4038', opacity: 0.22 }),
          )
          .join(''),
    )
    .join(''),
};

/** The light over the whole picture, in canvas coordinates: a colour cast, more or less exposure, and a side in the shade. */
export function lighting({ direction, contrast, warmth, exposure }: Light): string {
  const over = (fill: string, opacity: number) => rectangle(point(0, 0), [128, 128], { fill, opacity });
  const shade = direction > 0 ? [contrast, 0] : [0, contrast];
  const stops = shade.map(
    (opacity, i) => `<stop offset="${i}" stop-color="#140f1c" stop-opacity="${opacity * Math.abs(direction)}"/>`,
  );
  return (
    over(warmth > 0 ? '#ff9a3c' : '#3c78ff', Math.abs(warmth) * 0.1) +
    over(exposure > 0 ? '#ffffff' : '#000000', Math.abs(exposure) * 0.14) +
    `<defs><linearGradient id="shade" x1="0" y1="0" x2="1" y2="0">${stops.join('')}</linearGradient></defs>` +
    over('url(#shade)', 1)
  );
}
