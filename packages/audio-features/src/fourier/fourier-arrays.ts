import { float32, float64, type SpectrumMemory } from '../wasm/spectrum-memory';

/** What the module needs to transform `size` real samples (a power of two, at least 4), as one complex transform of half the size. */
export function fourierArrays(size: number) {
  const half = size / 2;
  return {
    /** For each pass but the last: cos and sin of −2π·k·p/length for k = 1, 2, 3, in six arrays of length/4. */
    twiddles: float64(passLengths(half).reduce((sum, length) => sum + (6 * length) / 4, 0)),
    /** cos of 2π·k/size for k = 0 … half/2 + 1, then sin. */
    turns: float64(half + 4),
    /** At even samples, then at odd ones. */
    window: float64(size),
    input: float64(size),
    front: float64(size),
    back: float64(size),
    /** Bins 0 … half. */
    re: float64(half + 1),
    im: float64(half + 1),
    /** Samples of one frame. */
    frame: float32(size),
  };
}

/** Fills the tables for a window [size] and tells the module where everything lies. */
export function prepareFourier(memory: SpectrumMemory<ReturnType<typeof fourierArrays>>, window: Float64Array): void {
  const { twiddles, turns, window: places, input, front, back, re, im } = memory.arrays;
  const size = window.length;
  const half = size / 2;
  let next = 0;
  for (const length of passLengths(half)) {
    const quarter = length / 4;
    for (let i = 0; i < 6 * quarter; i++) {
      const angle = (-2 * Math.PI * (1 + Math.floor(i / (2 * quarter))) * (i % quarter)) / length;
      twiddles[next++] = Math.floor(i / quarter) % 2 === 0 ? Math.cos(angle) : Math.sin(angle);
    }
  }
  for (let k = 0; k < half / 2 + 2; k++) {
    turns[k] = Math.cos((2 * Math.PI * k) / size);
    turns[half / 2 + 2 + k] = Math.sin((2 * Math.PI * k) / size);
  }
  for (let i = 0; i < size; i++) places[(i % 2) * half + (i >> 1)] = window[i]!;
  const at = ({ byteOffset }: Float64Array) => byteOffset;
  memory.module.plan(size, at(twiddles), at(turns), at(places), at(input), at(front), at(back), at(re), at(im));
}

/** Lengths of the transforms that the radix-4 passes but the last are of. */
function passLengths(half: number): number[] {
  return half > 4 ? [half, ...passLengths(half / 4)] : [];
}
