import { arm, hand } from './arm';
import { body, chair, seatedLegs, shouldersOf, standingLegs } from './body';
import { bowHand, drawBow, type Bow } from './bow';
import { between, mix, point, toDrawing, type Placement } from './geometry';
import { head } from './head';
import type { Draw } from './performance';
import { stringInstrument, type StringShape } from './string-instrument';
import { line, placed } from './svg';

interface ChinShape extends StringShape {
  readonly degrees: number;
  readonly size: number;
  /** Width of the body compared with its length. */
  readonly breadth: number;
}

/** Violin or viola, held under the chin. */
function chinInstrument({ degrees, size, breadth, ...shape }: ChinShape): Draw {
  return (performance) => {
    const { person, finish, position, loudness } = performance;
    const posture = { neck: point(50, 46 - loudness) };
    const { left, right } = shouldersOf(person, posture);
    const tail = point(56, 47.5 - loudness);
    const along = { degrees, scaleX: size * breadth, scaleY: size };
    const placement: Placement = { origin: toDrawing({ origin: tail, ...along }, point(0, -50)), ...along };
    const fingers = toDrawing(placement, between(point(1, -46 - shape.neck), point(1, -22), position));
    const bow: Bow = {
      contact: toDrawing(placement, point(0, mix(-14, 10, loudness))),
      degrees: degrees - 160 + mix(34, -28, position),
      length: 66,
      reach: [12, 46],
    };
    const bowing = bowHand(bow, performance);
    const svg =
      body(person, posture) +
      arm(person, { shoulder: right, hand: point(fingers.x, fingers.y + 3), outward: 1 }) +
      head(person, { centre: point(50, 31 - loudness), turn: 2.5, tilt: 9 }) +
      placed(placement, stringInstrument(finish, shape)) +
      hand(person, fingers) +
      arm(person, { shoulder: left, hand: bowing, outward: -1 }) +
      drawBow(bow, bowing) +
      hand(person, bowing);
    return { svg, hand: fingers };
  };
}

export const drawViolin = chinInstrument({ neck: 54, degrees: 96, size: 0.42, breadth: 0.8 });
/** A seventh longer than the violin, broader for its length, and so heavy that its scroll hangs. */
export const drawViola = chinInstrument({ neck: 46, degrees: 108, size: 0.5, breadth: 0.94 });

/** Cello, between the knees, on its endpin. */
export const drawCello: Draw = (performance) => {
  const { person, finish, position, loudness } = performance;
  const [hip, posture] = [point(54, 86), { neck: point(52, 40 - loudness), bottom: 92 }];
  const { left, right } = shouldersOf(person, posture);
  const placement: Placement = { origin: point(62, 91), degrees: 7, scaleX: 0.53, scaleY: 0.53 };
  const fingers = toDrawing(placement, between(point(1, -110), point(1, -28), position));
  const bow: Bow = {
    contact: toDrawing(placement, point(0, mix(-6, 13, loudness))),
    degrees: mix(-32, 28, position),
    length: 60,
    reach: [8, 36],
  };
  const bowing = bowHand(bow, performance);
  const svg =
    chair(hip) +
    body(person, posture) +
    seatedLegs(person, { hip, spread: 28 }) +
    arm(person, { shoulder: right, hand: point(fingers.x + 2, fingers.y + 1), outward: 1 }) +
    head(person, { centre: point(51, 25 - loudness), turn: 1.5, tilt: -4 }) +
    line([toDrawing(placement, point(0, 50)), toDrawing(placement, point(0, 68))], { stroke: '#3a3a3e', width: 1.8 }) +
    placed(placement, stringInstrument(finish, { neck: 70 })) +
    hand(person, fingers) +
    arm(person, { shoulder: left, hand: bowing, outward: -1, bone: 27 }) +
    drawBow(bow, bowing) +
    hand(person, bowing);
  return { svg, hand: fingers };
};

/** Double bass, taller than its standing player. */
export const drawDoubleBass: Draw = (performance) => {
  const { person, finish, position, loudness } = performance;
  const posture = { neck: point(42, 46 - loudness), bottom: 96 };
  const { left, right } = shouldersOf(person, posture);
  const placement: Placement = { origin: point(78, 86), degrees: -3, scaleX: 0.57, scaleY: 0.6 };
  const fingers = toDrawing(placement, between(point(-1, -108), point(-1, -30), position));
  const bow: Bow = {
    contact: toDrawing(placement, point(0, mix(-6, 13, loudness))),
    degrees: mix(-32, 30, position),
    length: 54,
    reach: [14, 42],
  };
  const bowing = bowHand(bow, performance);
  const svg =
    standingLegs(person, { hip: point(42, 92) }) +
    body(person, posture) +
    arm(person, { shoulder: right, hand: point(fingers.x + 2, fingers.y + 1), outward: 1 }) +
    head(person, { centre: point(42, 31 - loudness), turn: 2, tilt: 5 }) +
    line([toDrawing(placement, point(0, 50)), toDrawing(placement, point(0, 62))], { stroke: '#3a3a3e', width: 2.2 }) +
    placed(placement, stringInstrument(finish, { neck: 64, sloping: true })) +
    hand(person, fingers) +
    arm(person, { shoulder: left, hand: bowing, outward: -1, bone: 25 }) +
    drawBow(bow, bowing) +
    hand(person, bowing);
  return { svg, hand: fingers };
};
