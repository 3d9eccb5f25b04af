import { point } from './geometry';
import type { Place } from './palette';
import { ellipse, gradient, line, rectangle } from './svg';

const FLOOR_Y = 108;

/** Draws the wall, the floor and a pool of light behind the player, beyond the edges of the canvas, so that they fill every framing. */
export function background({ wallTop, wallBottom, floor, style }: Place): string {
  return (
    gradient('wall', [wallTop, wallBottom]) +
    gradient('floor', [floor, '#6d5443']) +
    `<defs><radialGradient id="light"><stop offset="0" stop-color="#fffaf0" stop-opacity=".75"/><stop offset="1" stop-color="#fffaf0" stop-opacity="0"/></radialGradient></defs>` +
    rectangle(point(-20, -20), [168, 168], { fill: 'url(#wall)' }) +
    wallPattern(style) +
    ellipse(point(64, 52), [62, 58], { fill: 'url(#light)' }) +
    rectangle(point(-20, FLOOR_Y), [168, 40], { fill: 'url(#floor)' }) +
    line([point(-20, FLOOR_Y), point(148, FLOOR_Y)], { stroke: '#fff8ea', width: 1.2, opacity: 0.5 })
  );
}

function wallPattern(style: Place['style']): string {
  if (style === 'plain') return '';
  const step = style === 'curtain' ? 12 : 32;
  const stripes = Array.from({ length: Math.ceil(168 / step) }, (_, i) => i * step - 20);
  const paint =
    style === 'curtain' ? { stroke: '#4b3550', width: 4, opacity: 0.16 } : { stroke: '#5e4632', width: 1.2, opacity: 0.3 };
  return stripes.map((x) => line([point(x, -20), point(x, FLOOR_Y)], paint)).join('');
}
