import { point } from './geometry';
import { circle, gradient, line, path, type Material } from './svg';

/** A bowed instrument in its own coordinates: the body is 100 units high and centred on the origin; the neck points up. */
export interface StringShape {
  /** Length of the neck beyond the body. */
  readonly neck: number;
  readonly sloping?: boolean;
}

const ROUND =
  'M0,-50C24,-50 37,-42 37,-29C37,-18 28,-14 27,0C27,8 46,12 46,29C46,44 28,51 0,51C-28,51 -46,44 -46,29C-46,12 -27,8 -27,0C-28,-14 -37,-18 -37,-29C-37,-42 -24,-50 0,-50Z';
const SLOPING =
  'M0,-58C6,-54 12,-46 26,-39C36,-34 36,-20 29,-10C26,-4 28,6 38,12C48,20 47,51 0,51C-47,51 -48,20 -38,12C-28,6 -26,-4 -29,-10C-36,-20 -36,-34 -26,-39C-12,-46 -6,-54 0,-58Z';

/** Draws body, neck, strings and scroll in those coordinates. */
export function stringInstrument({ light, main, dark }: Material, { neck, sloping }: StringShape): string {
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
