import type { Point } from './geometry';
import type { Person } from './palette';
import type { Material } from './svg';

/** The state of the performance that a picture shows. */
export interface Performance {
  readonly person: Person;
  /** What the instrument is made of. */
  readonly finish: Material;
  /** Position of the moving hand, 0 (lowest note) to 1 (highest): `handPosition`. */
  readonly position: number;
  /** 0 to 1. */
  readonly loudness: number;
  /** Position of the bow in its stroke, -1 (frog at the string) to 1 (tip); ignored for winds. */
  readonly stroke: number;
}

/** Draws one instrument with its player. */
export interface Drawing {
  readonly svg: string;
  /** The centre of the hand (or slide) that shows the pitch, in drawing units. */
  readonly hand: Point;
}

export type Draw = (performance: Performance) => Drawing;
