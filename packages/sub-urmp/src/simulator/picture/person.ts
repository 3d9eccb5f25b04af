import { between, elbowOf, mix, point, type Point } from './geometry';
import type { Person } from './palette';
import { circle, ellipse, line, path, placed, rectangle } from './svg';

export interface BodyOptions {
  /** The base of the neck. */
  readonly neck: Point;
  /** Half the distance between the shoulders before the person's build. */
  readonly halfWidth?: number;
  /** Where the jacket ends; without it the player stands, and the legs leave the picture below. */
  readonly bottom?: number;
}

/** Left and right as the viewer sees them. */
export interface Shoulders {
  readonly left: Point;
  readonly right: Point;
}

export function shouldersOf(person: Person, { neck, halfWidth = 19 }: BodyOptions): Shoulders {
  const half = (halfWidth - 3) * person.build;
  return { left: point(neck.x - half, neck.y + 8), right: point(neck.x + half, neck.y + 8) };
}

/** Neck, jacket, shirt and collar, and the trousers of somebody who stands. */
export function body(person: Person, { neck, halfWidth = 19, bottom }: BodyOptions): string {
  const [w, { x, y }, hem] = [halfWidth * person.build, neck, bottom ?? 105];
  const waist = w * 0.84;
  const jacket = `M${x - 5},${y - 1}C${x - w * 0.7},${y + 1} ${x - w},${y + 3} ${x - w},${y + 13}L${x - waist},${y + 36}L${x - w * 0.95},${hem}L${x + w * 0.95},${hem}L${x + waist},${y + 36}L${x + w},${y + 13}C${x + w},${y + 3} ${x + w * 0.7},${y + 1} ${x + 5},${y - 1}Z`;
  const trousers = (side: 1 | -1) =>
    line([point(x + side * w * 0.48, hem - 4), point(x + side * w * 0.5, 140)], {
      stroke: trouserColour(person),
      width: w * 0.85,
    });
  return (
    rectangle(point(x - 3.8, y - 8), [7.6, 11], { fill: person.skinShade, radius: 3 }) +
    (bottom === undefined ? trousers(-1) + trousers(1) : '') +
    path(jacket, { fill: person.clothes, stroke: person.clothesShade, width: 1 }) +
    line([point(x, y + 17), point(x, hem)], { stroke: person.clothesShade, width: 1 }) +
    path(`M${x - 4.6},${y - 1.5}L${x},${y + 17}L${x + 4.6},${y - 1.5}Z`, { fill: '#f4f0e8' }) +
    path(
      `M${x - 4.4},${y + 0.6}L${x},${y + 2.6}L${x - 4.4},${y + 4.8}ZM${x + 4.4},${y + 0.6}L${x},${y + 2.6}L${x + 4.4},${y + 4.8}Z`,
      { fill: '#221f24' },
    ) +
    path(`M${x - 5.4},${y - 2}L${x},${y + 19}L${x + 5.4},${y - 2}`, { stroke: person.clothesLight, width: 2 })
  );
}

export interface HeadOptions {
  /** The centre of the face. */
  readonly centre: Point;
  /** How far the face turns to the viewer's right, in units. */
  readonly turn?: number;
  /** Clockwise, degrees. */
  readonly tilt?: number;
  /** Players of winds fill their cheeks: 0 (no) to 1. */
  readonly cheeks?: number;
}

/** The head: hair, a calm face with closed eyes, cheeks that swell with the breath. */
export function head(person: Person, { centre, turn = 0, tilt = 0, cheeks = 0 }: HeadOptions): string {
  const feature = { stroke: '#3a2a26', width: 1.1 };
  const eye = (x: number) =>
    path(`M${x - 2},-1q2,1.7 4,0`, feature) +
    path(`M${x - 2.2},${-4.2 - cheeks}q2.2,-1.2 4.4,0`, { ...feature, width: 1, opacity: 0.75 });
  const cheek = (side: 1 | -1) =>
    circle(point(turn * 0.6 + side * (6 + 1.6 * cheeks), 4.5), 2.6 + 2.2 * cheeks, { fill: person.skin });
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
    path(`M${turn - 2},7.3q2,1.2 4,0`, { stroke: '#a04a44', width: 1.3 }) +
    frontHair(person, turn);
  return placed({ origin: centre, degrees: tilt }, face);
}

function backHair({ hair, hairStyle }: Person): string {
  if (hairStyle === 'bob') return path('M-11.5,-3C-12,-15 12,-15 11.5,-3L12,9Q8,13 6,9L-6,9Q-8,13 -12,9Z', { fill: hair });
  if (hairStyle === 'bun') return circle(point(0, -13.5), 5, { fill: hair });
  if (hairStyle !== 'curly') return '';
  return [-10, -5, 0, 5, 10].map((x) => circle(point(x, -6 - 5 * Math.cos(x / 8)), 5, { fill: hair })).join('');
}

function frontHair({ hair, hairStyle }: Person, turn: number): string {
  const fringe = hairStyle === 'short' ? -5.5 : -4.5;
  return path(
    `M-10.3,0C-12,-15.5 12,-15.5 10.3,0C9.6,-4 8.5,-6 ${6 + turn},${fringe - 1.5}C${turn},${fringe + 0.5} -6,${fringe - 1} -8.5,${fringe}C-9.6,-3.5 -10,-2 -10.3,0Z`,
    {
      fill: hair,
    },
  );
}

export interface ArmOptions {
  readonly shoulder: Point;
  readonly hand: Point;
  /** Whose arm: 1 on the viewer's right, -1 on the viewer's left. */
  readonly outward: 1 | -1;
  /** Length of each of the two bones. */
  readonly bone?: number;
}

/** A sleeve from shoulder over elbow to a white cuff at the wrist; `hand` comes later, on top of the instrument. */
export function arm(person: Person, { shoulder, hand, outward, bone = 23 }: ArmOptions): string {
  const elbow = elbowOf(shoulder, hand, { bone, outward });
  const wrist = between(elbow, hand, 0.86);
  const width = 9.5 * person.build;
  const sleeve = [shoulder, elbow, wrist];
  return (
    line(sleeve, { stroke: person.clothesShade, width: width + 1.6 }) +
    line(sleeve, { stroke: person.clothes, width }) +
    line([between(shoulder, elbow, 0.25), elbow], { stroke: person.clothesLight, width: 1.6, opacity: 0.55 }) +
    line([between(elbow, hand, 0.8), between(elbow, hand, 0.88)], { stroke: '#f7f4ee', width: width * 0.85 })
  );
}

/** A hand with its knuckles. */
export function hand(person: Person, at: Point): string {
  const knuckle = (dx: number) =>
    line([point(at.x + dx, at.y - 1.4), point(at.x + dx, at.y + 1.4)], { stroke: person.skinShade, width: 0.7 });
  return (
    circle(at, HAND_RADIUS, { fill: person.skin, stroke: person.skinShade, width: 0.9 }) +
    knuckle(-1.5) +
    knuckle(0.2) +
    knuckle(1.9)
  );
}

/** In drawing units. */
export const HAND_RADIUS = 4.3;

/** Chair, thighs, shins and shoes of somebody who sits facing us; `spread` is how far the knees are apart. */
export function seatedLegs(person: Person, { hip, spread = 20 }: { hip: Point; spread?: number }): string {
  const trousers = trouserColour(person);
  const leg = (side: 1 | -1) => {
    const [knee, foot] = [point(hip.x + side * spread, hip.y + 7), point(hip.x + side * (spread + 1), 121)];
    return (
      ellipse(point(foot.x + side * 1.5, foot.y + 2.2), [6.5, 3.4], { fill: '#1b1818' }) +
      line([point(hip.x + side * 7, hip.y), knee, foot], { stroke: trousers, width: 13 * person.build }) +
      line([point(hip.x + side * 8, hip.y - 2), point(knee.x, knee.y - 2.5)], { stroke: person.clothes, width: 3, opacity: 0.5 })
    );
  };
  return shadow(hip.x, spread + 16) + leg(-1) + leg(1);
}

export function chair(hip: Point): string {
  const wood = { stroke: '#4a3527', width: 3 };
  return (
    line([point(hip.x - 17, hip.y - 34), point(hip.x - 17, 122)], wood) +
    line([point(hip.x + 17, hip.y - 34), point(hip.x + 17, 122)], wood) +
    rectangle(point(hip.x - 19, hip.y - 36), [38, 14], { fill: '#5b4331', radius: 3 }) +
    rectangle(point(hip.x - 22, hip.y + 3), [44, 7], { fill: '#5b4331', radius: 3 })
  );
}

/** The legs of somebody who stands. */
export function standingLegs(person: Person, { hip }: { hip: Point }): string {
  const trousers = trouserColour(person);
  const leg = (side: 1 | -1) =>
    ellipse(point(hip.x + side * 8.5, 124), [6.5, 3], { fill: '#1b1818' }) +
    line([point(hip.x + side * 6, hip.y), point(hip.x + side * 7, 121)], { stroke: trousers, width: 12 * person.build });
  return shadow(hip.x + 14, 44) + leg(-1) + leg(1);
}

function shadow(x: number, radius: number): string {
  return ellipse(point(x, 123), [radius, 5], { fill: '#2a1c14', opacity: 0.3 });
}

/** Trousers are darker than the jacket's shade. */
function trouserColour({ clothesShade }: Person): string {
  const channel = (at: number) =>
    Math.round(mix(parseInt(clothesShade.slice(at, at + 2), 16), 16, 0.35))
      .toString(16)
      .padStart(2, '0');
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}
