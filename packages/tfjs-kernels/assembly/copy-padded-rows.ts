import { clearFloats, copyFloats } from './vector';

/**
 * Copies `count` rows of an image [height][rowFloats] from row y on, `left` floats into rows of `pitch` floats, or without their first
 * `-left` floats. The padding beside them has to be zero already; rows outside of the image become zero.
 */
export function copyPaddedRows(
  image: usize,
  height: i32,
  rowFloats: i32,
  y: i32,
  count: i32,
  left: i32,
  pitch: i32,
  to: usize,
): void {
  const first = max(0, left);
  const floats = max(0, min(pitch, left + rowFloats) - first);
  for (const end = y + count; y < end; y++, to += (<usize>pitch) << 2) {
    if (y < 0 || y >= height) clearFloats(to, pitch);
    else copyFloats(to + ((<usize>first) << 2), image + ((<usize>(y * rowFloats + first - left)) << 2), floats);
  }
}
