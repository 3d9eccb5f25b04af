import type { Point } from './geometry';
import type { Person } from './palette';

/** What a picture has to show. */
export interface Performance {
  readonly person: Person;
  /** The moving hand's place, 0 (lowest note) to 1 (highest): `handPosition`. */
  readonly position: number;
  /** 0 to 1. */
  readonly loudness: number;
  /** Where in its stroke a bow is, -1 (frog at the string) to 1 (tip); winds ignore it. */
  readonly stroke: number;
}

/** Draws one instrument with its player. */
export interface Drawing {
  readonly svg: string;
  /** The centre of the hand (or slide) that shows the pitch, in drawing units. */
  readonly hand: Point;
}

export type Draw = (performance: Performance) => Drawing;
