import { util } from '@tensorflow/tfjs-core';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { MatMulJob } from './generated/job-fields';
import type { JobOf } from './heap';
import type { EpilogueFields } from './epilogue';

/** Whether each operand is stored transposed. */
export interface Transposes {
  transposeA: boolean;
  transposeB: boolean;
}

/** Products of matrices: a [.., rows, depth] and b [.., depth, columns], whose leading axes broadcast to `outer`. */
export interface Product extends Transposes {
  outer: number[];
  rows: number;
  columns: number;
  depth: number;
  /** Where the matrices of each product begin, in floats: a's, then b's, product by product. */
  offsets: number[];
}

/** Blocks of this many rows and columns are counted to see whether there is enough work to share; if not, the depth is cut. */
const BLOCK = 16;
const WANTED_BLOCKS = 16;
/** A slice sums at least this many products. */
const MIN_DEPTH = 512;

/** The sizes of the product of `a` and `b`; undefined if their shapes don't fit. */
export function productOf(a: TensorInfo, b: TensorInfo, { transposeA, transposeB }: Transposes): Product | undefined {
  const [aFirst, aSecond] = a.shape.slice(-2);
  const [bFirst, bSecond] = b.shape.slice(-2);
  const [rows, depth] = transposeA ? [aSecond, aFirst] : [aFirst, aSecond];
  const [bDepth, columns] = transposeB ? [bSecond, bFirst] : [bFirst, bSecond];
  const [aOuter, bOuter] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  const areMatrices = a.shape.length > 1 && b.shape.length > 1;
  if (!areMatrices || depth !== bDepth || !canBroadcast(aOuter, bOuter)) return undefined;
  const outer = broadcast(aOuter, bOuter);
  const shape = { transposeA, transposeB, outer, rows, columns, depth };
  // Products that share one b are a single product of all rows.
  if (!transposeA && util.sizeFromShape(bOuter) === 1) {
    return { ...shape, rows: util.sizeFromShape(aOuter) * rows, offsets: [0, 0] };
  }
  const aOffsets = offsetsOf(aOuter, outer, rows * depth);
  const bOffsets = offsetsOf(bOuter, outer, depth * columns);
  return { ...shape, offsets: aOffsets.flatMap((offset, index) => [offset, bOffsets[index]]) };
}

const canBroadcast = (a: number[], b: number[]): boolean => {
  const rank = Math.min(a.length, b.length);
  const [aEnd, bEnd] = [a, b].map((shape) => shape.slice(shape.length - rank));
  return aEnd.every((size, axis) => size === bEnd[axis] || size === 1 || bEnd[axis] === 1);
};

function broadcast(a: number[], b: number[]): number[] {
  const rank = Math.max(a.length, b.length);
  const sizeOf = (shape: number[], axis: number): number => shape[axis - rank + shape.length] ?? 1;
  return Array.from({ length: rank }, (_, axis) => (sizeOf(a, axis) === 1 ? sizeOf(b, axis) : sizeOf(a, axis)));
}

/** The offset of a matrix of `floats` floats for every index of `outer`, to which `shape` broadcasts. */
function offsetsOf(shape: number[], outer: number[], floats: number): number[] {
  let offsets = [0];
  let pitch = floats * util.sizeFromShape(shape);
  outer.forEach((size, axis) => {
    const own = shape[axis - outer.length + shape.length] ?? 1;
    pitch /= own || 1;
    const step = own === 1 ? 0 : pitch;
    offsets = offsets.flatMap((offset) => Array.from({ length: size }, (_, index) => offset + index * step));
  });
  return offsets;
}

/** The number of parts that the sum over the depth is cut into, so that there is work to share. Depends only on the shape. */
export function slicesOf({ rows, columns, depth, offsets }: Product): number {
  const blocks = (offsets.length / 2) * Math.ceil(rows / BLOCK) * Math.ceil(columns / BLOCK);
  return Math.max(1, Math.min(Math.ceil(WANTED_BLOCKS / blocks), Math.floor(depth / MIN_DEPTH)));
}

/** Addresses of a job. */
type Addresses = Pick<JobOf<typeof MatMulJob>, 'a' | 'b' | 'destination' | 'offsets'>;
interface Limits {
  maxPanels: number;
  maxColumns: number;
  threads: number;
}

/** The job of a product, whose sums over the depth are cut into `slices`. */
export function matMulJob(
  product: Product,
  slices: number,
  addresses: Addresses,
  epilogue: EpilogueFields,
  limits: Limits,
): JobOf<typeof MatMulJob> {
  const { rows, columns, depth, transposeA, transposeB } = product;
  const products = product.offsets.length / 2;
  return {
    ...tilesOf(product, products * slices, limits),
    ...{ rows, columns, depth, slices, sliceFloats: products * rows * columns },
    ...{ transposeA: Number(transposeA), transposeB: Number(transposeB), ...addresses, ...epilogue },
  };
}

/** Blocks as large as the caches allow, but several for each thread. */
function tilesOf({ rows, columns }: Product, count: number, { maxPanels, maxColumns, threads }: Limits) {
  let columnsPerTile = Math.min(maxColumns, Math.ceil(columns / BLOCK) * BLOCK);
  let rowsPerTile = Math.min(4 * maxPanels, Math.ceil(rows / 4) * 4);
  const columnTiles = (): number => Math.ceil(columns / columnsPerTile);
  const rowTiles = (): number => Math.ceil(rows / rowsPerTile);
  const tiles = (): number => count * rowTiles() * columnTiles();
  while (tiles() < 8 * threads && columnsPerTile >= 2 * BLOCK) columnsPerTile = Math.ceil(columnsPerTile / 2 / BLOCK) * BLOCK;
  while (tiles() < 4 * threads && rowsPerTile >= 2 * BLOCK) rowsPerTile = Math.ceil(rowsPerTile / 2 / 4) * 4;
  return { tiles: tiles(), rowTiles: rowTiles(), columnTiles: columnTiles(), rowsPerTile, columnsPerTile };
}
