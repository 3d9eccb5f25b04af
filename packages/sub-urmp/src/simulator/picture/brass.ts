import { between, mix, point, toDrawing, type Placement } from './geometry';
import type { Draw } from './performance';
import { arm, hand } from './arm';
import { body, chair, seatedLegs, shouldersOf } from './body';
import { head } from './head';
import { circle, ellipse, line, path, placed, rectangle, tube } from './svg';

/** How far the valve `index` (0 to 2) is up: 0 (pressed) to 1. All are pressed for the lowest note, none for the highest. */
function valveHeight(position: number, index: number): number {
  return Math.max(0, Math.min(1, 3 * position - index));
}

/** Trumpet, pointing to the viewer's right, with three valves in the middle; the bell rises with pitch. */
export const drawTrumpet: Draw = ({ person, finish, position, loudness }) => {
  const posture = { neck: point(46, 47 - loudness), halfWidth: 16 };
  const mouth = point(52, 39.5 - loudness);
  const placement: Placement = { origin: mouth, degrees: mix(24, -22, position) };
  const fingers = toDrawing(placement, between(point(56, -3), point(14, -3), position));
  const holding = toDrawing(placement, point(12, 9));
  const { left, right } = shouldersOf(person, posture);
  const valve = (x: number, i: number) => {
    const top = -5.6 - 4.4 * valveHeight(position, i);
    return (
      rectangle(point(x - 2.2, -5), [4.4, 19], { fill: finish.main, stroke: finish.dark, width: 0.8, radius: 1.5 }) +
      line([point(x, top), point(x, -5)], { stroke: finish.dark, width: 1.2 }) +
      line([point(x - 1.6, top), point(x + 1.6, top)], { stroke: '#fbf4e2', width: 1.8 })
    );
  };
  const trumpet =
    tube('M18,9L44,9C52,9 52,0 44,0', 2.8, finish) +
    tube('M18,9C8,9 8,0 16,0', 2.8, finish) +
    tube('M3,0L50,0', 2.8, finish) +
    path('M44,-2C54,-2.4 59,-5 63,-13L63,13C59,5 54,2.4 44,2Z', { fill: finish.main, stroke: finish.dark, width: 1 }) +
    path('M46,-0.6C54,-1 58,-3 61,-8', { stroke: finish.light, width: 1.6 }) +
    ellipse(point(63, 0), [2.6, 13], { fill: '#a87a14', stroke: finish.light, width: 1.2 }) +
    path('M0,-2.2L3,-1.2L3,1.2L0,2.2Z', { fill: '#e8eaee', stroke: '#7b828a', width: 0.8 }) +
    [25, 31, 37].map(valve).join('');
  const svg =
    body(person, posture) +
    head(person, { centre: point(47, 31.5 - loudness), turn: 4, tilt: mix(6, -6, position), cheeks: loudness }) +
    arm(person, { shoulder: left, hand: point(holding.x - 2, holding.y + 3), outward: -1, bone: 22, spread: loudness }) +
    arm(person, { shoulder: right, hand: point(fingers.x, fingers.y + 3), outward: 1, bone: 24, spread: loudness }) +
    placed(placement, trumpet) +
    hand(person, holding) +
    hand(person, fingers);
  return { svg, hand: fingers };
};

/** Trombone, whose slide reaches out to the viewer's right: long for a low note, short for a high one. */
export const drawTrombone: Draw = ({ person, finish, position, loudness }) => {
  const posture = { neck: point(32, 49 - loudness), halfWidth: 16 };
  const mouth = point(37, 41.5 - loudness);
  const placement: Placement = { origin: mouth, degrees: mix(18, -14, position) };
  const end = mix(92, 43, position);
  const fingers = toDrawing(placement, point(end - 21, 5));
  const holding = toDrawing(placement, point(7, 4));
  const { left, right } = shouldersOf(person, posture);
  const bow = tube('M6,-13L-16,-13C-28,-13 -28,9 -16,9L4,9', 3, finish);
  const bell =
    tube('M-6,-13L34,-13', 3, finish) +
    path('M26,-14.8C42,-15.5 48,-18 52,-27L52,1C48,-8 42,-10.5 26,-11.2Z', { fill: finish.main, stroke: finish.dark, width: 1 }) +
    path('M28,-13.8C42,-14.4 47,-17 50,-22', { stroke: finish.light, width: 1.8 }) +
    ellipse(point(52, -13), [3, 14], { fill: '#93793a', stroke: finish.light, width: 1.3 });
  const slide =
    tube('M3,0L24,0', 2.2, finish) +
    tube(`M4,9L${end - 5},9C${end + 2},9 ${end + 2},0 ${end - 5},0L14,0`, 2.7, finish) +
    line([point(end - 21, 0), point(end - 21, 9)], { stroke: finish.dark, width: 2 }) +
    line([point(7, -13), point(7, 9)], { stroke: finish.dark, width: 1.8 }) +
    path('M0,-2.4L4,-1.2L4,1.2L0,2.4Z', { fill: '#e8eaee', stroke: '#7b828a', width: 0.8 });
  const svg =
    body(person, posture) +
    placed(placement, bow) +
    head(person, { centre: point(32, 33 - loudness), turn: 4, tilt: mix(5, -5, position), cheeks: loudness }) +
    arm(person, { shoulder: left, hand: point(holding.x - 2, holding.y + 3), outward: -1, bone: 21, spread: loudness }) +
    arm(person, { shoulder: right, hand: point(fingers.x - 2, fingers.y + 3), outward: 1, bone: 29, spread: loudness }) +
    placed(placement, bell + slide) +
    hand(person, holding) +
    hand(person, fingers);
  return { svg, hand: fingers };
};

/** Horn: a coil, with the right hand in a wide bell. */
export const drawHorn: Draw = ({ person, finish, position, loudness }) => {
  const posture = { neck: point(66, 44 - loudness) };
  const mouth = point(66, 38.5 - loudness);
  const placement: Placement = { origin: mouth, degrees: mix(-18, 24, position) };
  const fingers = toDrawing(placement, between(point(22, 55), point(6, 22), position));
  const inBell = toDrawing(placement, point(-33, 50));
  const { left, right } = shouldersOf(person, posture);
  const bell =
    path('M4,66C-8,78 -22,76 -34,68L-26,34C-20,44 -10,50 -2,46Z', { fill: finish.main, stroke: finish.dark, width: 1 }) +
    placed(
      { origin: point(-32, 51), degrees: 14 },
      ellipse(point(0, 0), [13, 20], { fill: '#7c3c17', stroke: finish.light, width: 2.2 }),
    ) +
    placed({ origin: point(-31, 51), degrees: 14 }, ellipse(point(0, 0), [7, 13], { fill: '#4a200b', opacity: 0.75 }));
  const coil =
    circle(point(5, 42), 20, { stroke: finish.dark, width: 7 }) +
    circle(point(5, 42), 20, { stroke: finish.main, width: 5.4 }) +
    circle(point(5, 42), 20.5, { stroke: finish.light, width: 1.5, opacity: 0.8 }) +
    tube('M5,51C-6,52 -8,34 4,32C14,31 18,42 12,50', 3.2, finish) +
    tube('M-4,46L16,38', 3, finish) +
    tube('M0,3C2,14 18,14 20,28', 2.8, finish) +
    [-1, 5, 11]
      .map((x, i) => {
        const fill = valveHeight(position, i) > 0.5 ? finish.light : '#2a1a10';
        return circle(point(x, 43 - x * 0.4), 2.8, { fill, stroke: finish.dark, width: 0.9 });
      })
      .join('') +
    path('M-2.2,-1L2.2,-1L1,4L-1,4Z', { fill: '#e8eaee', stroke: '#7b828a', width: 0.8 });
  const svg =
    body(person, posture) +
    head(person, { centre: point(66, 31 - loudness), turn: -1.5, tilt: mix(-5, 5, position), cheeks: loudness }) +
    placed(placement, bell) +
    hand(person, inBell) +
    arm(person, { shoulder: left, hand: inBell, outward: -1, bone: 21, spread: loudness }) +
    arm(person, { shoulder: right, hand: point(fingers.x + 3, fingers.y + 1), outward: 1, bone: 21, spread: loudness }) +
    placed(placement, coil) +
    hand(person, fingers);
  return { svg, hand: fingers };
};

/** Tuba, the biggest: on the lap, with its bell above the player's head. */
export const drawTuba: Draw = ({ person, finish, position, loudness }) => {
  const hip = point(66, 88);
  const posture = { neck: point(74, 44 - loudness), bottom: 96 };
  const mouth = point(71, 38.5 - loudness);
  const placement: Placement = { origin: point(60, 78), degrees: mix(12, -14, position) };
  const fingers = toDrawing(placement, between(point(19, 28), point(14, -24), position));
  const holding = toDrawing(placement, point(-25, 14));
  const { left, right } = shouldersOf(person, posture);
  const pipe = toDrawing(placement, point(12, -12));
  const tuba =
    path('M-30,8C-31,-20 -28,-34 -44,-56L4,-60C-8,-36 -12,-20 -14,6Z', { fill: finish.main, stroke: finish.dark, width: 1.2 }) +
    path('M-26,4C-26,-20 -24,-36 -33,-52', { stroke: finish.light, width: 3.4, opacity: 0.8 }) +
    placed(
      { origin: point(-20, -58), degrees: -5 },
      ellipse(point(0, 0), [25, 8], { fill: '#805a18', stroke: finish.light, width: 2 }),
    ) +
    tube('M-22,4C-24,46 22,48 20,8C19,-14 10,-20 0,-16', 10, finish) +
    tube('M-8,22C-8,32 8,32 8,20L6,-8', 5, finish) +
    tube('M13,-8L16,22', 4.4, finish) +
    [-12, -2, 8].map((y) => line([point(12.5 + y * 0.1, y), point(20, y - 1)], { stroke: '#f5ecd2', width: 2.4 })).join('');
  const mouthPipe = `M${mouth.x},${mouth.y}C${mouth.x + 1},${mouth.y + 12} ${pipe.x + 8},${pipe.y - 8} ${pipe.x},${pipe.y}`;
  const svg =
    chair(point(72, 88)) +
    body(person, posture) +
    seatedLegs(person, { hip, spread: 24 }) +
    head(person, { centre: point(74, 31 - loudness), turn: -2.5, tilt: mix(-4, 4, position), cheeks: loudness }) +
    arm(person, { shoulder: left, hand: holding, outward: -1, bone: 24, spread: loudness }) +
    placed(placement, tuba) +
    tube(mouthPipe, 2.8, finish) +
    hand(person, holding) +
    arm(person, { shoulder: right, hand: point(fingers.x + 4, fingers.y + 1), outward: 1, bone: 23, spread: loudness }) +
    hand(person, fingers);
  return { svg, hand: fingers };
};
