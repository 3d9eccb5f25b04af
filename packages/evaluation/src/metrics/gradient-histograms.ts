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
      const [gx, gy] = strongestGradient(values, size, { x, y });
      const turn = (((Math.atan2(gy, gx) / Math.PI) % 1) + 1) % 1; // a half turn is the same edge
      const place = { row: (y + 0.5) / cell - 0.5, column: (x + 0.5) / cell - 0.5, orientation: turn * ORIENTATIONS };
      addToNearest(histograms, place, Math.hypot(gx, gy) / (cell * cell));
    }
  }
  return normalised(histograms);
}

function strongestGradient(values: ArrayLike<number>, size: number, { x, y }: { x: number; y: number }): [number, number] {
  let [strongest, gx, gy] = [-1, 0, 0];
  for (let channel = 0; channel < 3; channel++) {
    const at = (y * size + x) * 3 + channel;
    const [dx, dy] = [values[at + 3] - values[at - 3], values[at + 3 * size] - values[at - 3 * size]];
    if (dx * dx + dy * dy > strongest) [strongest, gx, gy] = [dx * dx + dy * dy, dx, dy];
  }
  return [gx, gy];
}

interface Place {
  readonly row: number;
  readonly column: number;
  readonly orientation: number;
}

/** Adds a weight by trilinear interpolation; what falls beyond the edge is left out. */
function addToNearest(histograms: Float32Array, { row, column, orientation }: Place, weight: number): void {
  const [r, c, o] = [Math.floor(row), Math.floor(column), Math.floor(orientation)];
  for (let corner = 0; corner < 8; corner++) {
    const [i, j, k] = [r + (corner & 1), c + ((corner >> 1) & 1), o + (corner >> 2)];
    if (i < 0 || j < 0 || i >= CELLS || j >= CELLS) continue;
    const share = (1 - Math.abs(row - i)) * (1 - Math.abs(column - j)) * (1 - Math.abs(orientation - k));
    histograms[(i * CELLS + j) * ORIENTATIONS + (k % ORIENTATIONS)] += weight * share;
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
