import { between, mix, point, toDrawing, type Placement, type Point } from './geometry';
import type { Draw, Performance } from './performance';
import { arm, body, chair, hand, head, seatedLegs, shouldersOf, standingLegs } from './person';
import { circle, gradient, line, path, placed, rectangle } from './svg';

/** A bowed instrument in its own coordinates: the body is 100 high around the origin, the neck points up. */
interface Wood {
  readonly light: string;
  readonly main: string;
  readonly dark: string;
  /** Length of the neck beyond the body. */
  readonly neck: number;
  readonly sloping?: boolean;
}

const ROUND =
  'M0,-50C24,-50 37,-42 37,-29C37,-18 28,-14 27,0C27,8 46,12 46,29C46,44 28,51 0,51C-28,51 -46,44 -46,29C-46,12 -27,8 -27,0C-28,-14 -37,-18 -37,-29C-37,-42 -24,-50 0,-50Z';
const SLOPING =
  'M0,-58C6,-54 12,-46 26,-39C36,-34 36,-20 29,-10C26,-4 28,6 38,12C48,20 47,51 0,51C-47,51 -48,20 -38,12C-28,6 -26,-4 -29,-10C-36,-20 -36,-34 -26,-39C-12,-46 -6,-54 0,-58Z';

function stringInstrument({ light, main, dark, neck, sloping }: Wood): string {
  const top = -50 - neck;
  const fHole = (side: 1 | -1) =>
    path(`M${side * 15},4c${side * 5},3 ${side * -1},14 ${side * 6},19`, { stroke: '#2b140c', width: 3 });
  const strings = [-3.3, -1.1, 1.1, 3.3].map((x) =>
    line([point(x * 0.7, top), point(x * 1.6, 30)], { stroke: '#efe6d2', width: 0.9, opacity: 0.8 }),
  );
  return (
    gradient('wood', [light, main, dark], { radial: true }) +
    path(sloping ? SLOPING : ROUND, { fill: 'url(#wood)', stroke: dark, width: 3 }) +
    fHole(1) +
    fHole(-1) +
    path(`M-4,${top}L4,${top}L6.5,0L-6.5,0Z`, { fill: '#241a17' }) +
    path('M-7,27L7,27L4,48L-4,48Z', { fill: '#241a17' }) +
    strings.join('') +
    line([point(-9, 14), point(9, 14)], { stroke: '#f0d9a8', width: 3.5 }) +
    line([point(-10, top - 5), point(10, top - 5)], { stroke: '#241a17', width: 3 }) +
    line([point(-9, top - 12), point(9, top - 12)], { stroke: '#241a17', width: 3 }) +
    path(`M-4.5,${top + 2}L-4,${top - 14}L4,${top - 14}L4.5,${top + 2}Z`, { fill: dark }) +
    circle(point(0, top - 16), 6, { fill: main, stroke: dark, width: 2 })
  );
}

interface Bow {
  /** Where it touches the strings. */
  readonly contact: Point;
  /** Direction from the hand to the tip, degrees clockwise from the viewer's right. */
  readonly degrees: number;
  readonly length: number;
  /** Nearest and farthest distance between hand and string. */
  readonly reach: readonly [number, number];
}

/** Louder bows travel further, so a loud note's hand strays far from the middle of the stroke. */
function bowHand({ contact, degrees, reach }: Bow, { stroke, loudness }: Performance): Point {
  const travel = stroke * mix(0.25, 1, loudness);
  const distance = mix(reach[0], reach[1], 0.5 + 0.5 * travel);
  return toDrawing({ origin: contact, degrees }, point(-distance, 0));
}

function drawBow({ degrees, length }: Bow, from: Point): string {
  return placed(
    { origin: from, degrees },
    line([point(-3, 1.6), point(length, 1)], { stroke: '#f3ead6', width: 1.3 }) +
      path(`M-4,-0.6Q${length / 2},-2.2 ${length},-1.2L${length + 1},1.2`, { stroke: '#4a2418', width: 1.7 }) +
      rectangle(point(-3, -0.8), [5, 3], { fill: '#1d1512' }),
  );
}

/** Held under the chin: violin and viola differ in size, colour and how low the scroll hangs. */
function chinInstrument(wood: Wood, { degrees, size }: { degrees: number; size: number }): Draw {
  return (performance) => {
    const { person, position, loudness } = performance;
    const posture = { neck: point(50, 46 - loudness) };
    const { left, right } = shouldersOf(person, posture);
    const tail = point(56, 47.5 - loudness);
    const along = { degrees, scaleX: size * 0.84, scaleY: size };
    const placement: Placement = { origin: toDrawing({ origin: tail, ...along }, point(0, -50)), ...along };
    const fingers = toDrawing(placement, between(point(1, -47 - wood.neck), point(1, -35), position));
    const bow: Bow = {
      contact: toDrawing(placement, point(0, mix(-4, 10, loudness))),
      degrees: degrees - 160,
      length: 66,
      reach: [12, 46],
    };
    const bowing = bowHand(bow, performance);
    const svg =
      body(person, posture) +
      arm(person, { shoulder: right, hand: point(fingers.x, fingers.y + 3), outward: 1 }) +
      head(person, { centre: point(50, 31 - loudness), turn: 2.5, tilt: 9 }) +
      placed(placement, stringInstrument(wood)) +
      hand(person, fingers) +
      arm(person, { shoulder: left, hand: bowing, outward: -1 }) +
      drawBow(bow, bowing) +
      hand(person, bowing);
    return { svg, hand: fingers };
  };
}

export const drawViolin = chinInstrument(
  { light: '#f2a64e', main: '#d97a22', dark: '#8a430f', neck: 52 },
  { degrees: 96, size: 0.4 },
);
export const drawViola = chinInstrument(
  { light: '#b65a3a', main: '#8e3322', dark: '#4f160f', neck: 44 },
  { degrees: 110, size: 0.46 },
);

const CELLO: Wood = { light: '#e08a48', main: '#b5561f', dark: '#6b2a0c', neck: 66 };
const BASS: Wood = { light: '#9b6a42', main: '#6d4223', dark: '#341c0d', neck: 64, sloping: true };

/** Between the knees, on its endpin. */
export const drawCello: Draw = (performance) => {
  const { person, position, loudness } = performance;
  const [hip, posture] = [point(54, 86), { neck: point(52, 40 - loudness), bottom: 92 }];
  const { left, right } = shouldersOf(person, posture);
  const placement: Placement = { origin: point(62, 91), degrees: 7, scaleX: 0.53, scaleY: 0.53 };
  const fingers = toDrawing(placement, between(point(1, -104), point(1, -42), position));
  const bow: Bow = {
    contact: toDrawing(placement, point(0, mix(2, 11, loudness))),
    degrees: 2 - 8 * loudness,
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
    placed(placement, stringInstrument(CELLO)) +
    hand(person, fingers) +
    arm(person, { shoulder: left, hand: bowing, outward: -1, bone: 27 }) +
    drawBow(bow, bowing) +
    hand(person, bowing);
  return { svg, hand: fingers };
};

/** Taller than its standing player. */
export const drawDoubleBass: Draw = (performance) => {
  const { person, position, loudness } = performance;
  const posture = { neck: point(42, 46 - loudness), bottom: 96 };
  const { left, right } = shouldersOf(person, posture);
  const placement: Placement = { origin: point(78, 86), degrees: -3, scaleX: 0.57, scaleY: 0.6 };
  const fingers = toDrawing(placement, between(point(-1, -104), point(-1, -50), position));
  const bow: Bow = {
    contact: toDrawing(placement, point(0, mix(2, 11, loudness))),
    degrees: 6 - 8 * loudness,
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
    placed(placement, stringInstrument(BASS)) +
    hand(person, fingers) +
    arm(person, { shoulder: left, hand: bowing, outward: -1, bone: 25 }) +
    drawBow(bow, bowing) +
    hand(person, bowing);
  return { svg, hand: fingers };
};
