type Floats = ArrayLike<number>;

/** Shape of a product: `a` is [rows, depth], or [depth, rows] if transposed; `b` is [depth, columns] or [columns, depth]. */
export interface MatMulShape {
  rows: number;
  depth: number;
  columns: number;
  transposeA: boolean;
  transposeB: boolean;
}

/** a · b in double precision, [rows, columns]. */
export function matMulReference(a: Floats, b: Floats, shape: MatMulShape): Float64Array {
  const { rows, depth, columns, transposeA, transposeB } = shape;
  const product = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      let sum = 0;
      for (let k = 0; k < depth; k++) {
        sum += a[transposeA ? k * rows + row : row * depth + k] * b[transposeB ? column * depth + k : k * columns + column];
      }
      product[row * columns + column] = sum;
    }
  return product;
}
