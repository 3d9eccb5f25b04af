import { point, type Point } from './geometry';
import type { Person } from './palette';
import { circle, ellipse, path, placed } from './svg';

export interface HeadOptions {
  /** The centre of the face. */
  readonly centre: Point;
  /** How far the face is turned to the viewer's right, in units. */
  readonly turn?: number;
  /** Clockwise, degrees. */
  readonly tilt?: number;
  /** How far the cheeks are puffed, for wind players: 0 (not at all) to 1. */
  readonly cheeks?: number;
}

/** Draws the head: hair, and a calm face with closed eyes, whose cheeks swell with the breath. */
export function head(person: Person, { centre, turn = 0, tilt = 0, cheeks = 0 }: HeadOptions): string {
  const feature = { stroke: '#3a2a26', width: 1.1 };
  const eye = (x: number) =>
    path(`M${x - 2},-1q2,1.7 4,0`, feature) +
    path(`M${x - 2.2},${-4.2 - cheeks}q2.2,-1.2 4.4,0`, { ...feature, width: 1, opacity: 0.75 });
  const glass = (x: number) => circle(point(x, -0.6), 3.1, { stroke: '#26262c', width: 1 });
  const cheek = (side: 1 | -1) =>
    circle(point(turn * 0.6 + side * (6 + 2.6 * cheeks), 4.5), 2.6 + 2.8 * cheeks, { fill: person.skin });
  const blush = (side: 1 | -1) =>
    circle(point(turn + side * 5.4, 4), 2.3 + cheeks, { fill: '#e0685c', opacity: 0.18 + 0.3 * cheeks });
  const face =
    backHair(person) +
    circle(point(-9.3 + turn * 0.3, 1), 2, { fill: person.skinShade }) +
    circle(point(9.3 + turn * 0.3, 1), 2, { fill: person.skinShade }) +
    ellipse(point(0, 0), [9.4, 11.3], { fill: person.skin }) +
    (cheeks > 0 ? cheek(1) + cheek(-1) : '') +
    blush(1) +
    blush(-1) +
    eye(turn - 4) +
    eye(turn + 4) +
    path(`M${turn + 0.3},0.5l1,3.2l-1.6,0.3`, { stroke: person.skinShade, width: 1.1 }) +
    (person.beard ? path(`M-8.6,3.5C-8,13.5 8,13.5 8.6,3.5Q${turn},10 -8.6,3.5Z`, { fill: person.hair }) : '') +
    path(`M${turn - 2},7.3q2,1.2 4,0`, { stroke: '#a04a44', width: 1.3 }) +
    (person.glasses ? glass(turn - 4) + glass(turn + 4) : '') +
    frontHair(person, turn);
  return placed({ origin: centre, degrees: tilt, scaleX: person.headSize, scaleY: person.headSize }, face);
}

function backHair({ hair, hairStyle }: Person): string {
  if (hairStyle === 'bob') return path('M-11.5,-3C-12,-15 12,-15 11.5,-3L12,9Q8,13 6,9L-6,9Q-8,13 -12,9Z', { fill: hair });
  if (hairStyle === 'bun') return circle(point(0, -13.5), 5, { fill: hair });
  if (hairStyle !== 'curly') return '';
  return [-10, -5, 0, 5, 10].map((x) => circle(point(x, -6 - 5 * Math.cos(x / 8)), 5, { fill: hair })).join('');
}

function frontHair({ hair, hairStyle }: Person, turn: number): string {
  if (hairStyle === 'bald') return '';
  const fringe = hairStyle === 'short' ? -5.5 : -4.5;
  return path(
    `M-10.3,0C-12,-15.5 12,-15.5 10.3,0C9.6,-4 8.5,-6 ${6 + turn},${fringe - 1.5}C${turn},${fringe + 0.5} -6,${fringe - 1} -8.5,${fringe}C-9.6,-3.5 -10,-2 -10.3,0Z`,
    {
      fill: hair,
    },
  );
}
