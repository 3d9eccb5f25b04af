/**
 * Averages a sample over rectangular blocks, which leaves few enough numbers for a regressor with few training samples.
 *
 * @param values [H, W, C], row-major
 * @returns [rows · columns · C]; H and W must be multiples of `rows` and `columns`
 */
export function blockMeans(
  values: ArrayLike<number>,
  [height, width, channels]: readonly [number, number, number],
  [rows, columns]: readonly [number, number],
): Float32Array {
  if (values.length !== height * width * channels || height % rows !== 0 || width % columns !== 0) {
    throw new RangeError(
      `blockMeans: values must hold ${height} × ${width} × ${channels} numbers, divisible into ${rows} × ${columns} blocks, got ${values.length}`,
    );
  }
  const [blockHeight, blockWidth] = [height / rows, width / columns];
  const means = new Float32Array(rows * columns * channels);
  for (let y = 0, i = 0; y < height; y++) {
    const row = Math.floor(y / blockHeight) * columns;
    for (let x = 0; x < width; x++) {
      const block = (row + Math.floor(x / blockWidth)) * channels;
      for (let c = 0; c < channels; c++, i++) means[block + c] += values[i];
    }
  }
  return means.map((sum) => sum / (blockHeight * blockWidth));
}
