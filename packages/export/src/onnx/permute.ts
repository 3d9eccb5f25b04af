/**
 * Reorders the axes of a row-major array: axis i of the result is axis `order[i]` of `values`, as `tf.transpose` does.
 *
 * @returns the values and their new shape
 */
export function permute(
  values: Float32Array,
  shape: readonly number[],
  order: readonly number[],
): { values: Float32Array; shape: number[] } {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1));
  const permuted = new Float32Array(values.length);
  const sizes = order.map((axis) => shape[axis]);
  const steps = order.map((axis) => strides[axis]);
  let next = 0;
  const copy = (depth: number, offset: number): void => {
    const [size, step, last] = [sizes[depth], steps[depth], depth === sizes.length - 1];
    for (let i = 0, at = offset; i < size; i++, at += step) {
      if (last) permuted[next++] = values[at];
      else copy(depth + 1, at);
    }
  };
  copy(0, 0);
  return { values: permuted, shape: sizes };
}
