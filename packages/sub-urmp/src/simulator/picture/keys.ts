import type { Point } from './geometry';
import { circle, type Material } from './svg';

/** Draws keys: dots with rims along a straight tube. */
export function keys(places: readonly Point[], { dark, light }: Material, radius = 1.5): string {
  return places.map((place) => circle(place, radius, { fill: light, stroke: dark, width: 0.6 })).join('');
}
