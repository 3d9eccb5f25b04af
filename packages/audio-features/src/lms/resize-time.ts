/**
 * Resizes the columns of [rows, from] to [rows, to] bilinearly, sample centres at half integers (no edge moves): between two
 * columns the value is linear, beyond the outermost centres it is constant.
 */
export function resizeTime(data: Float32Array, rows: number, from: number, to: number): Float32Array {
  const resized = new Float32Array(rows * to); // [rows, to]
  for (let column = 0; column < to; column++) {
    const position = Math.min(Math.max(((column + 0.5) * from) / to - 0.5, 0), from - 1);
    const left = Math.min(Math.floor(position), Math.max(from - 2, 0));
    const right = Math.min(left + 1, from - 1);
    const share = position - left;
    for (let row = 0; row < rows; row++) {
      const a = data[row * from + left]!;
      resized[row * to + column] = a + share * (data[row * from + right]! - a);
    }
  }
  return resized;
}
