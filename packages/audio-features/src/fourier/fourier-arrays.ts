import { float32, float64, type SpectrumMemory } from '../wasm/spectrum-memory';

/**
 * How `size` real samples are transformed: as `points` complex values (half as many, or as many if their number is odd), using
 * transforms of a power of two, `length`, which is `points` itself or long enough for a convolution of that many.
 */
function transformShape(size: number) {
  const points = size % 2 ? size : size / 2;
  let length = 8;
  while (length < points) length *= 2;
  if (length > points) length *= 2;
  return { points, length };
}

/**
 * What the module needs to transform `size` real samples, at least 2. Complex numbers are stored in pairs: two real parts, then two
 * imaginary ones.
 */
export function fourierArrays(size: number) {
  const { points, length } = transformShape(size);
  const room = 2 * points + 4;
  return {
    /** For each pass but the last and each pair of p: cos and sin of −2π·k·p/length for k = 1, 2, 3. */
    twiddles: float64(2 * length),
    /** cos of 2π·k/size for k = 0 … size/4 + 1, then sin. */
    turns: float64(2 * ((size >> 2) + 2)),
    /** exp(−πi·k²/points); the same, divided by `length`, which the module transforms; room for a product. */
    chirp: float64(length > points ? room + 4 * length : 0),
    /** Half of the window at even samples as real parts, at odd ones as imaginary parts; for an odd size the window itself. */
    window: float64(room),
    input: float64(room),
    front: float64(2 * length + 4),
    back: float64(2 * length + 4),
    /** Samples of one frame. */
    frame: float32(size),
  };
}

/** Where the real part of a complex number lies among numbers in pairs; its imaginary part is two places further. */
const placeOf = (index: number) => 2 * index - (index % 2);

/** Where the half of a sample lies in `window` and `input`, for an even number of samples. */
export const placeOfHalf = (sample: number): number => placeOf(sample >> 1) + 2 * (sample % 2);

type FourierMemory = SpectrumMemory<ReturnType<typeof fourierArrays>>;

/** Fills the tables for a window [size] and passes all addresses to the module. */
export function prepareFourier({ module, arrays }: FourierMemory, window: Float64Array): void {
  const { twiddles, turns, chirp, window: places, input, front, back } = arrays;
  const size = window.length;
  const { points, length } = transformShape(size);
  let at = 0;
  for (let pass = length; pass > 4; pass /= 4) {
    for (let p = 0; p < pass / 4; p++) {
      for (let k = 1; k < 4; k++) setTurn(twiddles, at + 6 * p - 5 * (p % 2) + 4 * k - 4, (-2 * Math.PI * k * p) / pass);
    }
    at += 1.5 * pass;
  }
  for (let k = 0; k < turns.length / 2; k++) {
    turns[k] = Math.cos((2 * Math.PI * k) / size);
    turns[turns.length / 2 + k] = Math.sin((2 * Math.PI * k) / size);
  }
  for (let i = 0; i < size; i++) {
    if (size % 2) places[placeOf(i)] = window[i]!;
    else places[placeOfHalf(i)] = window[i]! / 2;
  }
  if (length > points) fillChirp(chirp, points, length);
  const other = length > points ? back : input;
  module.planTransform(points, length, twiddles.byteOffset, front.byteOffset, other.byteOffset, chirp.byteOffset);
  module.plan(size, turns.byteOffset, places.byteOffset, input.byteOffset);
}

/** Writes exp(i·angle) / length at a place. */
function setTurn(into: Float64Array, place: number, angle: number, length = 1): void {
  into[place] = Math.cos(angle) / length;
  into[place + 2] = Math.sin(angle) / length;
}

/** Writes Bluestein's chirp, and, divided by `length`, the same from both ends of a period of that length. */
function fillChirp(chirp: Float64Array, points: number, length: number): void {
  const kernel = chirp.subarray(2 * points + 2 * (points % 2));
  for (let k = 0; k < points; k++) {
    const angle = (-Math.PI * ((k * k) % (2 * points))) / points;
    setTurn(chirp, placeOf(k), angle);
    for (const place of [k, (length - k) % length]) setTurn(kernel, placeOf(place), angle, length);
  }
}
