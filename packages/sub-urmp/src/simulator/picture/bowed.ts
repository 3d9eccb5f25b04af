import { arm, hand } from './arm';
import { body, chair, seatedLegs, shouldersOf, standingLegs } from './body';
import { bowHand, drawBow, type Bow } from './bow';
import { between, mix, point, toDrawing, type Placement } from './geometry';
import { head } from './head';
import type { Draw } from './performance';
import { stringInstrument, type Wood } from './string-instrument';
import { line, placed } from './svg';

/** Violin or viola, held under the chin: they differ in size, colour and how low the scroll hangs. */
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

/** Cello, between the knees, on its endpin. */
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

/** Double bass, taller than its standing player. */
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
