import type { ImageBounds } from './augmentations';

const SIZE = 128;
const CHANNELS = 3;

/** A source of independent uniform draws in [0, 1). */
export type Uniform = () => number;

const clip = (value: number) => Math.min(1, Math.max(-1, value));

/** A uniform draw between -most and most. */
const around = (uniform: Uniform, most: number) => (2 * uniform() - 1) * most;

/** Source position, in [0, 127], of each of 128 output positions: shifted, and zoomed about the middle, with the edge repeated. */
function sourcePositions({ shift, zoom, flipped }: { shift: number; zoom: number; flipped: boolean }): Float64Array {
  const middle = (SIZE - 1) / 2;
  return Float64Array.from({ length: SIZE }, (_, index) => {
    const from = (index - middle - shift) / zoom + middle;
    return Math.min(SIZE - 1, Math.max(0, flipped ? SIZE - 1 - from : from));
  });
}

/** Returns a copy of an image [128, 128, 3] in [-1, 1], flipped, shifted, zoomed (bilinearly) and tinted at random within the bounds. */
export function augmentImage(image: Float32Array, bounds: ImageBounds, uniform: Uniform): Float32Array {
  const flipped = uniform() < 0.5 && bounds.flip;
  const zoom = 1 + around(uniform, bounds.zoom);
  const columns = sourcePositions({ shift: around(uniform, bounds.shift), zoom, flipped });
  const rows = sourcePositions({ shift: around(uniform, bounds.shift), zoom, flipped: false });
  const brightness = around(uniform, bounds.brightness);
  const tint = Array.from({ length: CHANNELS }, () => brightness + around(uniform, bounds.colour));
  const result = new Float32Array(image.length);
  for (let y = 0, to = 0; y < SIZE; y++) {
    const top = Math.min(SIZE - 2, Math.floor(rows[y]));
    const below = rows[y] - top;
    for (let x = 0; x < SIZE; x++) {
      const left = Math.min(SIZE - 2, Math.floor(columns[x]));
      const right = columns[x] - left;
      let at = (top * SIZE + left) * CHANNELS;
      for (let c = 0; c < CHANNELS; c++, at++, to++) {
        const upper = image[at] + right * (image[at + CHANNELS] - image[at]);
        const under = at + SIZE * CHANNELS;
        const lower = image[under] + right * (image[under + CHANNELS] - image[under]);
        result[to] = clip(upper + below * (lower - upper) + tint[c]);
      }
    }
  }
  return result;
}
