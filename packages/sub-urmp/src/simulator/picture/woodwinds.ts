import { arm, hand } from './arm';
import { body, shouldersOf } from './body';
import { between, mix, point, toDrawing, type Placement } from './geometry';
import { head } from './head';
import { keys } from './keys';
import { SILVER } from './materials';
import type { Draw } from './performance';
import { ellipse, line, path, placed, rectangle, tube } from './svg';

/** Flute, held sideways to the player's right. */
export const drawFlute: Draw = ({ person, finish, position, loudness }) => {
  const posture = { neck: point(72, 47 - loudness) };
  const mouth = point(72, 41 - loudness);
  const placement: Placement = { origin: mouth, degrees: mix(-36, 12, position) };
  const fingers = toDrawing(placement, between(point(-58, 1), point(-16, 1), position));
  const holding = toDrawing(placement, point(-9, 1));
  const { left, right } = shouldersOf(person, posture);
  const flute =
    tube('M-64,0L9,0', 3.4, finish) +
    rectangle(point(-3, -2.6), [6, 3.4], { fill: finish.main, stroke: finish.dark, width: 0.7, radius: 1.2 }) +
    keys({ from: point(-14, -0.6), to: point(-60, -0.6), count: 11, closed: 1 - position, metal: finish, radius: 1.9 });
  const svg =
    body(person, posture) +
    arm(person, { shoulder: right, hand: point(holding.x + 4, holding.y + 4), outward: 1, bone: 24, spread: loudness }) +
    head(person, { centre: point(72, 33 - loudness), turn: -2, tilt: mix(-12, 4, position), cheeks: 0.5 * loudness }) +
    arm(person, { shoulder: left, hand: point(fingers.x, fingers.y + 3), outward: -1, bone: 24, spread: loudness }) +
    placed(placement, flute) +
    hand(person, holding) +
    hand(person, fingers);
  return { svg, hand: fingers };
};

/** Bassoon, a long diagonal from the player's right hip to above the left shoulder. */
export const drawBassoon: Draw = ({ person, finish, position, loudness }) => {
  const posture = { neck: point(54, 46 - loudness) };
  const mouth = point(54, 40 - loudness);
  const placement: Placement = { origin: point(70, 51 - loudness), degrees: mix(12, 48, position) };
  const fingers = toDrawing(placement, between(point(0, 67), point(0, 15), position));
  const holding = toDrawing(placement, point(0, 2));
  const joint = toDrawing(placement, point(-2, -4));
  const { left, right } = shouldersOf(person, posture);
  const bassoon =
    tube('M2,-46L2,70', 6, finish) +
    tube('M-3,6L-3,70', 5, finish) +
    line([point(-4, 72), point(3, 72)], { stroke: SILVER.main, width: 4 }) +
    line([point(2, -49), point(2, -46)], { stroke: '#fbf3df', width: 8 }) +
    line([point(-1.4, -30), point(5.4, -30)], { stroke: SILVER.main, width: 1.6 }) +
    line([point(6, -24), point(6, 50)], { stroke: SILVER.main, width: 1 }) +
    keys({ from: point(1, 12), to: point(1, 62), count: 9, closed: 1 - position, metal: SILVER, radius: 2.1 });
  const svg =
    body(person, posture) +
    head(person, { centre: point(54, 31.5 - loudness), turn: 1.5, tilt: 3, cheeks: loudness }) +
    arm(person, { shoulder: right, hand: point(holding.x + 4, holding.y + 1), outward: 1, bone: 22, spread: loudness }) +
    placed(placement, bassoon) +
    path(`M${mouth.x},${mouth.y}C${mouth.x + 4},${mouth.y - 1} ${joint.x - 2},${joint.y - 12} ${joint.x},${joint.y}`, {
      stroke: SILVER.dark,
      width: 2.6,
    }) +
    path(`M${mouth.x},${mouth.y}C${mouth.x + 4},${mouth.y - 1} ${joint.x - 2},${joint.y - 12} ${joint.x},${joint.y}`, {
      stroke: SILVER.light,
      width: 1.4,
    }) +
    hand(person, holding) +
    arm(person, { shoulder: left, hand: point(fingers.x - 2, fingers.y + 1), outward: -1, bone: 24, spread: loudness }) +
    hand(person, fingers);
  return { svg, hand: fingers };
};

/** Saxophone, a golden J whose bell points up. */
export const drawSax: Draw = ({ person, finish, position, loudness }) => {
  const posture = { neck: point(52, 45 - loudness) };
  const mouth = point(53, 39.5 - loudness);
  const placement: Placement = { origin: mouth, degrees: mix(22, -24, position) };
  const fingers = toDrawing(placement, between(point(13.2, 54), point(17, 13), position));
  const holding = toDrawing(placement, point(17, 3));
  const { left, right } = shouldersOf(person, posture);
  const bell = 'M32,56C34,44 29,38 27,32L51,30C47,38 46,48 43,58Z';
  const sax =
    tube('M7,-1C13,-5 18,-3 18,5', 3.6, finish) +
    path('M0,0L9,-2.4', { stroke: '#17171a', width: 3.2 }) +
    tube('M18,4L13,56', 6.6, finish) +
    tube('M13,54C12,72 37,74 37.5,55', 9.5, finish) +
    path(bell, { fill: finish.main, stroke: finish.dark, width: 1 }) +
    path('M36,54C38,46 35,40 33,34', { stroke: finish.light, width: 2.4, opacity: 0.85 }) +
    ellipse(point(39, 31), [12.2, 4], { fill: '#8a5a10', stroke: finish.light, width: 1.4 }) +
    keys({ from: point(16.8, 10), to: point(13.6, 51), count: 9, closed: 1 - position, metal: finish, radius: 2.2 });
  const svg =
    body(person, posture) +
    head(person, { centre: point(52, 31.5 - loudness), turn: 1, cheeks: loudness }) +
    arm(person, { shoulder: right, hand: point(holding.x + 4, holding.y + 2), outward: 1, bone: 21, spread: loudness }) +
    placed(placement, sax) +
    hand(person, holding) +
    arm(person, { shoulder: left, hand: point(fingers.x - 3, fingers.y + 1), outward: -1, bone: 25, spread: loudness }) +
    hand(person, fingers);
  return { svg, hand: fingers };
};
