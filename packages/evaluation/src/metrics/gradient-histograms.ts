/** Cells per side, and orientations per cell. */
const [CELLS, ORIENTATIONS] = [8, 8];
/** Added to the norm of a neighbourhood, so that what is hardly there, such as noise on a plain wall, stays small. */
const DAMPING = 0.02;

/**
 * Histograms of oriented gradients (Dalal & Triggs 2005) of a square picture: which way edges run in each of 8 × 8 cells, whatever
 * their colour and the light. Each pixel's strongest gradient among the channels counts for the two nearest of 8 orientations and the four
 * nearest cells; a cell is divided by the norm of its 3 × 3 neighbourhood.
 *
 * @param values [size, size, 3], row-major; `size` must be a multiple of 8
 * @returns [8 · 8 · 8]: rows, columns, orientations
 */
export function gradientHistograms(values: ArrayLike<number>, size: number): Float32Array {
  if (size % CELLS !== 0 || values.length !== size * size * 3) {
    throw new RangeError(
      `gradientHistograms: values must hold ${size} × ${size} × 3 numbers, in ${CELLS} × ${CELLS} cells, got ${values.length}`,
    );
  }
  const histograms = new Float32Array(CELLS * CELLS * ORIENTATIONS);
  const cell = size / CELLS;
  for (let y = 1; y < size - 1; y++) {
    for (let x = 1; x < size - 1; x++) {
      const at = strongestAt(values, size, (y * size + x) * 3);
      const [gx, gy] = [values[at + 3] - values[at - 3], values[at + 3 * size] - values[at - 3 * size]];
      const turn = (((Math.atan2(gy, gx) / Math.PI) % 1) + 1) % 1; // a half turn is the same edge
      const weight = Math.sqrt(gx * gx + gy * gy) / (cell * cell);
      addToNearest(histograms, [(y + 0.5) / cell - 0.5, (x + 0.5) / cell - 0.5, turn * ORIENTATIONS], weight);
    }
  }
  return normalised(histograms);
}

/** Where the channel of a pixel is whose gradient is strongest; `pixel` is where its first one is. */
function strongestAt(values: ArrayLike<number>, size: number, pixel: number): number {
  let [strongest, strongestSquare] = [pixel, -1];
  for (let at = pixel; at < pixel + 3; at++) {
    const [dx, dy] = [values[at + 3] - values[at - 3], values[at + 3 * size] - values[at - 3 * size]];
    const square = dx * dx + dy * dy;
    if (square > strongestSquare) [strongest, strongestSquare] = [at, square];
  }
  return strongest;
}

/** Adds a weight by trilinear interpolation; what falls beyond the edge is left out. */
function addToNearest(
  histograms: Float32Array,
  [row, column, orientation]: readonly [number, number, number],
  weight: number,
): void {
  const [top, left, before] = [Math.floor(row), Math.floor(column), Math.floor(orientation)];
  const after = orientation - before;
  for (let i = Math.max(0, top); i <= Math.min(CELLS - 1, top + 1); i++) {
    for (let j = Math.max(0, left); j <= Math.min(CELLS - 1, left + 1); j++) {
      const share = weight * (1 - Math.abs(row - i)) * (1 - Math.abs(column - j));
      const first = (i * CELLS + j) * ORIENTATIONS;
      histograms[first + (before % ORIENTATIONS)] += share * (1 - after);
      histograms[first + ((before + 1) % ORIENTATIONS)] += share * after;
    }
  }
}

function normalised(histograms: Float32Array): Float32Array {
  const energy = (i: number, j: number) =>
    histograms.subarray((i * CELLS + j) * ORIENTATIONS, (i * CELLS + j + 1) * ORIENTATIONS).reduce((sum, h) => sum + h * h, 0);
  return histograms.map((value, at) => {
    const [i, j] = [Math.floor(at / ORIENTATIONS / CELLS), Math.floor(at / ORIENTATIONS) % CELLS];
    const near = [i - 1, i, i + 1].flatMap((row) => [j - 1, j, j + 1].map((column) => [row, column]));
    const inside = near.filter(([row, column]) => row >= 0 && column >= 0 && row < CELLS && column < CELLS);
    const mean = inside.reduce((sum, [row, column]) => sum + energy(row, column), 0) / inside.length;
    return value / (Math.sqrt(mean) + DAMPING);
  });
}
