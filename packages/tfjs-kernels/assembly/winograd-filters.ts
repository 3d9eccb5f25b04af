import { LINES, PLANES_PER_POINT, PLANES_PER_ROW, POINTS } from './winograd-planes';
import { VECTOR, transformTaps } from './winograd-transforms';

const LINE_BYTES: usize = <usize>LINES * VECTOR;

/**
 * Transforms a filter of 5×5 vectors to its values at the points, one for each plane. `from` is the first tap; steps are bytes. The
 * input gradient passes the last tap and negative steps, since it meets the taps in reverse.
 */
export function transformFilter(from: usize, rowStep: usize, step: usize, to: usize, planeBytes: usize, table: usize): void {
  let line = table;
  for (let row = 0; row < 5; row++, from += rowStep, line += LINE_BYTES) {
    transformTaps(from, 2 * step, line, VECTOR, line + <usize>(POINTS - 1) * VECTOR);
    transformTaps(from + step, 2 * step, line + <usize>POINTS * VECTOR, VECTOR, 0);
  }
  const planesStep: usize = <usize>PLANES_PER_ROW * planeBytes;
  for (let phase = 0; phase < 2; phase++, to += planeBytes) {
    let first = to;
    for (let point = 0; point < POINTS - phase; point++, table += VECTOR, first += <usize>PLANES_PER_POINT * planeBytes) {
      transformTaps(table, 2 * LINE_BYTES, first, planesStep, first + <usize>(POINTS - 1) * planesStep);
      transformTaps(table + LINE_BYTES, 2 * LINE_BYTES, first + 2 * planeBytes, planesStep, 0);
    }
  }
}
