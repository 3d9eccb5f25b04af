import { join } from 'node:path';
import { createClassifier, type Provenance } from '@cmcgan/classifier';
import { saveClassifier } from '@cmcgan/classifier/node';
import { createCmcgan } from '@cmcgan/model';
import { saveModel } from '@cmcgan/model/node';

const RANGE = { floorDb: -50, ceilingDb: 30 };
const CLASS_NAMES = ['flute', 'horn', 'tuba'];

/** Saves a small network whose random weights are large enough that its output depends on its input, without a classifier. */
export const saveGivenNetwork = (folder: string, seed: number): Promise<unknown> =>
  saveModel(
    createCmcgan({
      ...{ width: 1 / 32, latentSize: 4, initialisation: 'he', seed },
      ...{ decibelRange: RANGE, sampleRateHz: 44_100, classNames: CLASS_NAMES },
    }),
    folder,
  );

/** Saves such a network and, beside it, a classifier of both modalities. */
export async function saveGivenModel(folder: string): Promise<void> {
  await saveGivenNetwork(folder, 3);
  const classifier = createClassifier({ modality: 'VA', classNames: CLASS_NAMES, width: 1 / 32, seed: 5 });
  await saveClassifier({ classifier, provenance: untrained }, join(folder, 'classifier'));
}

const untrained: Provenance = {
  data: {
    ...{ manifestHash: 'none', decibelRange: RANGE, split: 'train', pairs: 0 },
    ...{ songs: [], heldSongs: [], heldPairs: 0 },
  },
  seed: 1,
  schedule: { seed: 1, steps: 0, batchSize: 1, learningRate: 1e-3, augmentation: null, scoreEvery: 1, patience: 1 },
  ...{ steps: 0, keptStep: 0, held: null, validation: null },
};

/** A picture of 40×30 pixels. */
export const GIVEN_PICTURE = {
  pixels: Uint8Array.from({ length: 40 * 30 * 3 }, (_, i) => (i * i) % 251),
  width: 40,
  height: 30,
};

/** A rising tone of one second at 44.1 kHz. */
export const RISING_TONE = Float32Array.from({ length: 44_100 }, (_, n) => 0.5 * Math.sin(n * 0.05 + n * n * 4e-6));
