import type { Provenance } from '@cmcgan/classifier';
import { createCmcgan, type Cmcgan, type CmcganOptions } from '@cmcgan/model';

/** The dB range of {@link createGivenNetwork}'s sounds. */
export const GIVEN_RANGE = { floorDb: -50, ceilingDb: 30 };

/** A small network whose random weights are large enough that its output depends on its input. */
export const createGivenNetwork = (options: CmcganOptions = {}): Cmcgan =>
  createCmcgan({
    ...{ width: 1 / 32, latentSize: 4, initialisation: 'he', seed: 3 },
    ...{ decibelRange: GIVEN_RANGE, sampleRateHz: 44_100, classNames: ['flute', 'horn'] },
    ...options,
  });

/** A picture of 40×30 pixels. */
export const GIVEN_PICTURE = {
  pixels: Uint8Array.from({ length: 40 * 30 * 3 }, (_, i) => (i * i) % 251),
  width: 40,
  height: 30,
};

/** A rising tone of so many samples at 44.1 kHz. */
export const risingTone = (length: number): Float32Array =>
  Float32Array.from({ length }, (_, n) => 0.5 * Math.sin(n * 0.05 + n * n * 4e-6));

/** Where a classifier comes from that was not trained at all. */
export const provenanceOf = (decibelRange: { floorDb: number; ceilingDb: number }): Provenance => ({
  data: {
    ...{ manifestHash: 'none', decibelRange, split: 'train', pairs: 0 },
    ...{ songs: [], heldSongs: [], heldPairs: 0 },
  },
  seed: 1,
  schedule: { seed: 1, steps: 0, batchSize: 1, learningRate: 1e-3, augmentation: null, scoreEvery: 1, patience: 1 },
  ...{ steps: 0, keptStep: 0, held: null, validation: null },
});
