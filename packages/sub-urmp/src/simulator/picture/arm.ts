import { between, elbowOf, mix, point, type Point } from './geometry';
import type { Person } from './palette';
import { circle, line } from './svg';

export interface ArmOptions {
  readonly shoulder: Point;
  readonly hand: Point;
  /** Side of the arm: 1 on the viewer's right, -1 on the viewer's left. */
  readonly outward: 1 | -1;
  /** Length of each of the two bones. */
  readonly bone?: number;
  /** How far the elbow is spread from the body, 0 to 1: an arm that turns towards the viewer looks shorter. Default 0.5. */
  readonly spread?: number;
}

/** Draws a sleeve from the shoulder to a white cuff at the wrist. The hand is drawn later, on top of the instrument. */
export function arm(person: Person, { shoulder, hand, outward, bone = 23, spread = 0.5 }: ArmOptions): string {
  const elbow = elbowOf(shoulder, hand, { bone: bone * mix(0.7, 1.3, spread), outward });
  const wrist = between(elbow, hand, 0.86);
  const width = 9.5 * person.build;
  const sleeve = [shoulder, elbow, wrist];
  return (
    line(sleeve, { stroke: person.clothesShade, width: width + 1.6 }) +
    line(sleeve, { stroke: person.clothes, width }) +
    line([between(shoulder, elbow, 0.25), elbow], { stroke: person.clothesLight, width: 1.6, opacity: 0.55 }) +
    line([between(elbow, hand, 0.8), between(elbow, hand, 0.88)], {
      stroke: person.outfit === 'suit' ? '#f7f4ee' : person.clothesShade,
      width: width * 0.85,
    })
  );
}

/** Draws a hand with knuckles. */
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
const HAND_RADIUS = 4.3;
