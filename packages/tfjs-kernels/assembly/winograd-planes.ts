// A convolution of 5×5 taps and stride 2 is the sum of four of stride 1: one per phase of rows and columns, with three taps where the
// phase holds taps 0, 2, 4 and two where it holds 1, 3. An axis has six points; the phase of two taps does not need the last one,
// infinity. A plane is one point of both axes with one phase of both: [point y][point x][phase y][phase x]. Some planes at infinity
// are empty; (6 + 5)² = 121 are not.

/** Points of an axis. */
export const POINTS: i32 = 6;
/** Number of planes, including empty ones. */
export const PLANES: i32 = 144;
/** Planes from one point to the next along x, and along y. */
export const PLANES_PER_POINT: i32 = 4;
export const PLANES_PER_ROW: i32 = 24;
/** Points and phases of one axis: six of three taps, then five of two. */
export const LINES: i32 = 11;

/** Phases that have the point along its axis: both; at infinity only the one of three taps. */
export function phasesAt(point: i32): i32 {
  return point == POINTS - 1 ? 1 : 2;
}
