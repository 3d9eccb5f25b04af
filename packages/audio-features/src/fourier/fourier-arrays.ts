import type { TwoWayModule } from '../wasm/inversion-module';
import { float32, float64, type SpectrumMemory } from '../wasm/spectrum-memory';
import type { SpectrumModule } from '../wasm/spectrum-module';

/**
 * How `size` real samples are transformed: as `points` complex values (half of them, or all where their number is odd), in rows of
 * whole vectors; and those by transforms of a power of two, `length`, which is `points` itself or holds a convolution of that many.
 */
function transformShape(size: number) {
  const points = size % 2 === 0 ? size / 2 : size;
  const isPowerOfTwo = points > 1 && (points & (points - 1)) === 0;
  const length = isPowerOfTwo ? points : Math.max(4, 2 ** Math.ceil(Math.log2(2 * points - 1)));
  return { points, row: points + (points % 2), length, isPowerOfTwo };
}

/** What the module needs to transform `size` real samples, at least 2. */
export function fourierArrays(size: number) {
  const { row, length, isPowerOfTwo } = transformShape(size);
  return {
    /** For each pass but the last: cos and sin of −2π·k·p/length for k = 1, 2, 3, in six arrays of length/4. */
    twiddles: float64(passLengths(length).reduce((sum, pass) => sum + (6 * pass) / 4, 0)),
    /** cos of 2π·k/size for k = 0 … size/4 + 1, then sin. */
    turns: float64(2 * ((size >> 2) + 2)),
    /** cos and sin of −π·k²/points; the transform of their conjugate, divided by `length`; room for a product. Rows. */
    chirp: float64(isPowerOfTwo ? 0 : 2 * row + 4 * length),
    /** At even samples, then at odd ones; as it is where the size is odd. */
    window: float64(2 * row),
    input: float64(2 * row),
    front: float64(2 * length),
    back: float64(2 * length),
    /** Bins 0 … size/2. */
    re: float64((size >> 1) + 1),
    im: float64((size >> 1) + 1),
    /** Samples of one frame. */
    frame: float32(size),
  };
}

type FourierMemory<M extends SpectrumModule> = SpectrumMemory<ReturnType<typeof fourierArrays>, M>;

/** Fills the tables for a window [size] and tells the module, or both, where everything lies. */
export function prepareFourier(memory: FourierMemory<SpectrumModule | TwoWayModule>, window: Float64Array): void {
  const { module, arrays } = memory;
  const { twiddles, turns, chirp, window: places, input, front, back, re, im } = arrays;
  const size = window.length;
  const { points, row, length, isPowerOfTwo } = transformShape(size);
  fillTwiddles(twiddles, length);
  for (let k = 0; k < turns.length / 2; k++) {
    turns[k] = Math.cos((2 * Math.PI * k) / size);
    turns[turns.length / 2 + k] = Math.sin((2 * Math.PI * k) / size);
  }
  if (size % 2 === 1) places.set(window);
  else for (let i = 0; i < size; i++) places[(i % 2) * row + (i >> 1)] = window[i]!;
  if (!isPowerOfTwo) fillChirp(memory, points, length);
  const at = ({ byteOffset }: Float64Array) => byteOffset;
  module.planTransform(points, length, at(twiddles), at(front), at(back), at(chirp));
  module.plan(size, at(turns), at(places), at(input), at(re), at(im));
  if ('planInverse' in module) module.planInverse(size, at(turns), at(places), at(input), at(re), at(im));
}

function fillTwiddles(twiddles: Float64Array, size: number): void {
  let next = 0;
  for (const length of passLengths(size)) {
    const quarter = length / 4;
    for (let i = 0; i < 6 * quarter; i++) {
      const angle = (-2 * Math.PI * (1 + Math.floor(i / (2 * quarter))) * (i % quarter)) / length;
      twiddles[next++] = Math.floor(i / quarter) % 2 === 0 ? Math.cos(angle) : Math.sin(angle);
    }
  }
}

/** Bluestein's tables; the module itself transforms the conjugate of the chirp. */
function fillChirp({ module, arrays }: FourierMemory<SpectrumModule>, points: number, length: number): void {
  const { chirp, twiddles, front, back } = arrays;
  const row = points + (points % 2);
  const kernel = chirp.subarray(2 * row, 2 * row + 2 * length);
  for (let k = 0; k < points; k++) {
    const angle = (Math.PI * ((k * k) % (2 * points))) / points;
    chirp[k] = Math.cos(angle);
    chirp[row + k] = -Math.sin(angle);
    for (const place of [k, (length - k) % length]) {
      kernel[place] = Math.cos(angle) / length;
      kernel[length + place] = Math.sin(angle) / length;
    }
  }
  module.planTransform(length, length, twiddles.byteOffset, front.byteOffset, back.byteOffset, 0);
  const result = module.transform(kernel.byteOffset, kernel.byteOffset + length * Float64Array.BYTES_PER_ELEMENT);
  kernel.set(result === front.byteOffset ? front : back);
}

/** Lengths of the transforms that the radix-4 passes but the last are of. */
function passLengths(length: number): number[] {
  return length > 4 ? [length, ...passLengths(length / 4)] : [];
}
