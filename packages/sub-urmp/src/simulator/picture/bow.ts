import { mix, point, toDrawing, type Point } from './geometry';
import type { Performance } from './performance';
import { line, path, placed, rectangle } from './svg';

export interface Bow {
  /** The point where it touches the strings. */
  readonly contact: Point;
  /** Direction from the hand to the tip, degrees clockwise from the viewer's right. */
  readonly degrees: number;
  readonly length: number;
  /** Nearest and farthest distance between hand and string. */
  readonly reach: readonly [number, number];
}

/** Position of the bow hand. Louder strokes are longer, so that the hand moves further from the middle. */
export function bowHand({ contact, degrees, reach }: Bow, { stroke, loudness }: Performance): Point {
  const travel = stroke * mix(0.25, 1, loudness);
  const distance = mix(reach[0], reach[1], 0.5 + 0.5 * travel);
  return toDrawing({ origin: contact, degrees }, point(-distance, 0));
}

/** Draws the bow with its frog in the hand at `from`. */
export function drawBow({ degrees, length }: Bow, from: Point): string {
  return placed(
    { origin: from, degrees },
    line([point(-3, 1.6), point(length, 1)], { stroke: '#f3ead6', width: 1.3 }) +
      path(`M-4,-0.6Q${length / 2},-2.2 ${length},-1.2L${length + 1},1.2`, { stroke: '#4a2418', width: 1.7 }) +
      rectangle(point(-3, -0.8), [5, 3], { fill: '#1d1512' }),
  );
}
