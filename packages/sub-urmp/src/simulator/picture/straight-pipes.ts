import { arm, hand } from './arm';
import { body, shouldersOf } from './body';
import { between, mix, point, toDrawing, type Placement } from './geometry';
import { head } from './head';
import { keys } from './keys';
import { GOLD, SILVER } from './materials';
import type { Draw, Performance } from './performance';
import { ellipse, line, path, placed, tube, type Material } from './svg';

interface StraightPipe {
  readonly keyMetal: Material;
  readonly width: number;
  readonly length: number;
  /** Half the bell's opening. */
  readonly bell: number;
  /** Side to which the bell points, as seen by the viewer: 1 right, -1 left. */
  readonly side: 1 | -1;
  readonly mouthpiece: string;
}

function straightPipe({ keyMetal, width, length, bell }: StraightPipe, { finish: material, position }: Performance): string {
  const [from, to, half] = [length - 11, length, width / 2];
  const flare = `M${-half},${from}C${-half},${to - 5} ${-bell},${to - 3} ${-bell},${to}L${bell},${to}C${bell},${to - 3} ${half},${to - 5} ${half},${from}Z`;
  const ring = (y: number) => line([point(-half - 0.4, y), point(half + 0.4, y)], { stroke: keyMetal.light, width: 1.4 });
  return (
    tube(`M0,8L0,${from + 1}`, width, material) +
    path(flare, { fill: material.main, stroke: material.dark, width: 0.8 }) +
    ellipse(point(0, to), [bell, 1.8], { fill: material.dark, stroke: keyMetal.light, width: 0.9 }) +
    ring(14) +
    ring(length * 0.5) +
    ring(from) +
    line([point(half, 18), point(half, from - 3)], { stroke: keyMetal.main, width: 0.8 }) +
    keys({ from: point(0, 18), to: point(0, length - 12), count: 9, closed: 1 - position, metal: keyMetal, radius: 1.9 })
  );
}

/** Oboe or clarinet, straight down from the mouth; the bell rises with pitch. */
function downwardPipe(pipe: StraightPipe): Draw {
  return (performance) => {
    const { person, position, loudness } = performance;
    const posture = { neck: point(64 - 4 * pipe.side, 45 - loudness) };
    const mouth = point(posture.neck.x, 38.5 - loudness);
    const placement: Placement = { origin: mouth, degrees: -pipe.side * mix(-2, 48, position) };
    const fingers = toDrawing(placement, between(point(0, pipe.length - 6), point(0, 22), position));
    const holding = toDrawing(placement, point(0, 13));
    const { left, right } = shouldersOf(person, posture);
    const svg =
      body(person, posture) +
      head(person, { centre: point(mouth.x, 31 - loudness), cheeks: loudness }) +
      arm(person, { shoulder: right, hand: point(holding.x + 3, holding.y + 2), outward: 1, bone: 25, spread: loudness }) +
      arm(person, { shoulder: left, hand: point(fingers.x - 3, fingers.y + 1), outward: -1, bone: 26, spread: loudness }) +
      placed(placement, pipe.mouthpiece + straightPipe(pipe, performance)) +
      hand(person, holding) +
      hand(person, fingers);
    return { svg, hand: fingers };
  };
}

export const drawClarinet = downwardPipe({
  keyMetal: SILVER,
  width: 5.4,
  length: 72,
  bell: 8,
  side: 1,
  mouthpiece:
    path('M-1,0L1,0L2.4,9L-2.4,9Z', { fill: '#101014', stroke: '#08080a', width: 1 }) +
    line([point(-2, 6), point(2, 6)], { stroke: '#dfe5ea', width: 1.6 }),
});

export const drawOboe = downwardPipe({
  keyMetal: GOLD,
  width: 4.2,
  length: 64,
  bell: 5.2,
  side: -1,
  mouthpiece: line([point(0, 0), point(0, 9)], { stroke: '#e2c48a', width: 1.8 }),
});
