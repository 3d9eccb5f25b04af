import { float32, float64, type SpectrumMemory } from '../wasm/spectrum-memory';

/**
 * How `size` real samples are transformed: as `points` complex values (half of them, or all where their number is odd), in rows of
 * whole vectors; and those by transforms of a power of two, `length`, which is `points` itself or holds a convolution of that many.
 */
function transformShape(size: number) {
  const points = size % 2 ? size : size / 2;
  let length = 2;
  while (length < points) length *= 2;
  if (length > points) length *= 2;
  return { points, row: points + (points % 2), length };
}

/** What the module needs to transform `size` real samples, at least 2. */
export function fourierArrays(size: number) {
  const { points, row, length } = transformShape(size);
  return {
    /** For each pass but the last: cos and sin of −2π·k·p/length for k = 1, 2, 3, in six arrays of length/4. */
    twiddles: float64(2 * length),
    /** cos of 2π·k/size for k = 0 … size/4 + 1, then sin. */
    turns: float64(2 * ((size >> 2) + 2)),
    /** cos and sin of −π·k²/points; their conjugate, divided by `length`, which the module transforms; room for a product. Rows. */
    chirp: float64(length > points ? 2 * row + 4 * length : 0),
    /** The half at even samples, then at odd ones; as it is where the size is odd. */
    window: float64(2 * row),
    input: float64(2 * row),
    front: float64(2 * length),
    back: float64(2 * length),
    /** Samples of one frame. */
    frame: float32(size),
  };
}

type FourierMemory = SpectrumMemory<ReturnType<typeof fourierArrays>>;

/** Fills the tables for a window [size] and tells the module where everything lies. */
export function prepareFourier({ module, arrays }: FourierMemory, window: Float64Array): void {
  const { twiddles, turns, chirp, window: places, input, front, back } = arrays;
  const size = window.length;
  const { points, row, length } = transformShape(size);
  let at = 0;
  for (let pass = length; pass > 4; pass /= 4) {
    for (let k = 1; k < 4; k++) fillCircle(twiddles.subarray(at, (at += pass / 2)), (p) => (-2 * Math.PI * k * p) / pass);
  }
  fillCircle(turns, (k) => (2 * Math.PI * k) / size);
  for (let i = 0; i < size; i++) places[size % 2 ? i : (i % 2) * row + (i >> 1)] = window[i]! / (2 - (size % 2));
  if (length > points) fillChirp(chirp, points, row);
  const other = length > points ? back : input;
  module.planTransform(points, length, twiddles.byteOffset, front.byteOffset, other.byteOffset, chirp.byteOffset);
  module.plan(size, turns.byteOffset, places.byteOffset, input.byteOffset);
}

/** cos of each angle in the first half, sin in the second. */
function fillCircle(into: Float64Array, angleOf: (index: number) => number): void {
  const count = into.length / 2;
  for (let i = 0; i < count; i++) {
    into[i] = Math.cos(angleOf(i));
    into[count + i] = Math.sin(angleOf(i));
  }
}

/** Bluestein's chirp, and its conjugate, divided by `length`, from both ends of a period of that many. */
function fillChirp(chirp: Float64Array, points: number, row: number): void {
  const length = (chirp.length - 2 * row) / 4;
  fillCircle(chirp.subarray(0, 2 * row), (k) => (-Math.PI * ((k * k) % (2 * points))) / points);
  for (let k = 0; k < points; k++) {
    for (const place of [k, (length - k) % length]) {
      chirp[2 * row + place] = chirp[k]! / length;
      chirp[2 * row + length + place] = -chirp[row + k]! / length;
    }
  }
}
