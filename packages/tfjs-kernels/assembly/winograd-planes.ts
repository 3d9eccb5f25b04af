// A convolution of 5×5 taps and stride 2 is the sum of four of stride 1: one per phase of rows and columns, with three taps where the
// phase holds taps 0, 2, 4 and two where it holds 1, 3. One of 3×3 taps and stride 1 has a single phase. An axis has six points; the
// phase of two taps does not need the last one, infinity. A plane is one point of both axes with one phase of both:
// [point y][point x][phase y][phase x]. With two phases, some planes at infinity are empty; (6 + 5)² = 121 are not.

/** Points of an axis. */
export const POINTS: i32 = 6;
/** Maximal number of points and phases of one axis: six of three taps, then five of two. */
export const LINES: i32 = 11;

/** Planes from one point to the next along x. */
export function planesPerPoint(phases: i32): i32 {
  return phases * phases;
}

/** Planes from one point to the next along y. */
export function planesPerRow(phases: i32): i32 {
  return POINTS * phases * phases;
}

/** Number of planes, including empty ones. */
export function planesOf(phases: i32): i32 {
  return POINTS * POINTS * phases * phases;
}

/** Of `phases` phases, those that have the point along its axis: at infinity only the one of three taps. */
export function phasesAt(point: i32, phases: i32): i32 {
  return point == POINTS - 1 ? 1 : phases;
}
