import { between, type Point } from './geometry';
import { circle, type Material } from './svg';

export interface Keys {
  /** The first key, next to the mouthpiece, and the last. */
  readonly from: Point;
  readonly to: Point;
  readonly count: number;
  /** Share of the keys that are closed, counted from the first: all for the lowest note, none for the highest. */
  readonly closed: number;
  readonly metal: Material;
  readonly radius?: number;
}

/** Draws keys along a straight tube: open ones are bright, closed ones dark. */
export function keys({ from, to, count, closed, metal, radius = 1.7 }: Keys): string {
  return Array.from({ length: count }, (_, i) => {
    const at = between(from, to, i / (count - 1));
    const open = i + 0.5 > closed * count;
    return circle(at, radius, { fill: open ? metal.light : '#15100d', stroke: open ? metal.dark : metal.main, width: 0.6 });
  }).join('');
}
