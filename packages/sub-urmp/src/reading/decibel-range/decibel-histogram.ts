import type { DecibelRange } from '@cmcgan/audio-features';

const LOWEST_DB = -100; // the LMS's own floor: 10·log10(1e-10)
const HIGHEST_DB = 200;
const STEPS_PER_DB = 10;

/** The share of values that may be above the ceiling. */
export const SHARE_ABOVE_CEILING = 1e-4;
/** The floor is at most this far below the ceiling: 80 dB, as in librosa's power_to_db. */
export const MAX_SPAN_DB = 80;

/** A histogram of dB values in tenths of a decibel, independent of the order in which they are added. */
export interface DecibelHistogram {
  add(lmsDb: Float32Array): void;
  /**
   * The dB range that is mapped to [-1, 1] (not specified in the paper's section "Dataset"; see docs/decisions). The ceiling is the value
   * that one in 10,000 exceeds, so that a single loud clip does not compress all others; the floor is 80 dB below it, or the lowest value
   * if that is higher, so that the range is not spent on the noise of 16-bit samples (about -87 dB) and on empty bands.
   * @throws Error if nothing was added or all values are equal
   */
  range(): DecibelRange;
}

export function createDecibelHistogram(): DecibelHistogram {
  const counts = new Float64Array((HIGHEST_DB - LOWEST_DB) * STEPS_PER_DB + 1);
  let total = 0;
  return {
    add(lmsDb) {
      for (let i = 0; i < lmsDb.length; i++) {
        const step = Math.round((lmsDb[i] - LOWEST_DB) * STEPS_PER_DB);
        counts[Math.min(Math.max(step, 0), counts.length - 1)]++;
      }
      total += lmsDb.length;
    },
    range() {
      let highest = counts.length - 1;
      for (let above = counts[highest]; highest > 0 && above <= total * SHARE_ABOVE_CEILING; above += counts[highest]) highest--;
      const lowest = Math.max(
        counts.findIndex((count) => count > 0),
        highest - MAX_SPAN_DB * STEPS_PER_DB,
      );
      if (total === 0 || lowest >= highest) {
        throw new Error(`openDataset: the training sounds must not all be silent, got ${total} equal values`);
      }
      return { floorDb: toDb(lowest), ceilingDb: toDb(highest) };
    },
  };
}

const toDb = (step: number) => (step + LOWEST_DB * STEPS_PER_DB) / STEPS_PER_DB;
