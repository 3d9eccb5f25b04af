import { fillFrame, type PadMode } from '../fourier/padding';
import { openFeaturesModule } from '../wasm/features-module';
import { float32, float64, openMemory } from '../wasm/spectrum-memory';

/** How many samples are copied to the module at a time. */
const MOST_SAMPLES = 65_536;
/** The module processes four samples at a time. */
const MULTIPLE = 4;

let kept: ReturnType<typeof open> | undefined;

function open() {
  const { arrays, memory } = openMemory({ piece: float32(MOST_SAMPLES), sums: float64(MOST_SAMPLES / MULTIPLE) }, 'rms');
  return { ...arrays, module: openFeaturesModule(memory) };
}

/** Consecutive blocks of a signal; the first may start before it and the last end beyond it. */
export interface Blocks {
  start: number;
  block: number;
  count: number;
  padMode: PadMode;
}

/** Σ x² of each block; not finite if a sample isn't. Undefined for block sizes that the module does not support. */
export function blockEnergies(samples: Float32Array, { start, block, count, padMode }: Blocks): Float64Array | undefined {
  if (block % MULTIPLE !== 0 || block > MOST_SAMPLES) return undefined;
  const { piece, sums, module } = (kept ??= open());
  const energies = new Float64Array(count);
  const atOnce = Math.floor(MOST_SAMPLES / block);
  for (let first = 0; first < count; first += atOnce) {
    const blocks = Math.min(atOnce, count - first);
    fillFrame(piece.subarray(0, blocks * block), samples, start + first * block, padMode);
    module.energies(piece.byteOffset, block, blocks, sums.byteOffset);
    energies.set(sums.subarray(0, blocks), first);
  }
  return energies;
}
