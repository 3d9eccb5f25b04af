import { createRandom } from '@cmcgan/random';
import { groundTruth, type GroundTruth, type PairTruth, type SongTruth } from './ground-truth';
import { INSTRUMENTS } from '../reading/instruments';
import { planSongs } from './plan-songs';
import { simulateSong } from './simulate-song';
import { openWorkspace, publishWorkspace } from './simulation-folder';

export interface SimulateOptions {
  /** The same seed and counts give the same files, byte for byte. A non-negative integer. */
  seed: number;
  /** Training pairs per instrument. Default 54. */
  pairsPerClass?: number;
  /** Validation pairs per instrument, from other songs than the training pairs. Default 9. */
  validationPairsPerClass?: number;
  /** Training songs per instrument, each with its own player, place, light and melody. Default: one for every two pairs. */
  songsPerClass?: number;
  /** Width and height of the pictures in pixels. Default 128. */
  imageSize?: number;
  /** Called after every song. */
  onProgress?: (progress: SimulateProgress) => void;
}

export interface SimulateProgress {
  /** Pairs written so far. */
  readonly done: number;
  readonly total: number;
}

/**
 * Simulates a data set in Sub-URMP's layout (paper, "Experiments"), for when there are no real data:
 * `img/{train,validation}/{instrument}/*.jpg` and `chunk/{train,validation}/{instrument}/*.wav`, one pair every 500 ms of a song, from
 * 500 ms on. A sound is the 0.5 s around
 * its picture: 22,050 samples at 44.1 kHz, 16 bits, two equal channels, cut from a synthesised melody. The picture is a drawn player
 * whose hand or slide, keys, and the angle of the instrument or bow show the pitch (`handPosition`); bow, elbows and cheeks show the loudness. `ground-truth.json`
 * lists what every pair shows (`GroundTruth`).
 *
 * Replaces an earlier simulation, and restarts an interrupted one. Nothing else is ever deleted.
 * @throws RangeError if a count is out of range; Error if the folder is neither empty nor simulated, or cannot be written
 */
export async function simulateDataset(folder: string, options: SimulateOptions): Promise<GroundTruth> {
  const { seed, pairsPerClass = 54, validationPairsPerClass = 9, imageSize = 128, onProgress } = options;
  const songsPerClass = options.songsPerClass ?? Math.ceil(pairsPerClass / 2);
  assertInteger('pairsPerClass', pairsPerClass, 1, 100_000);
  assertInteger('validationPairsPerClass', validationPairsPerClass, 1, 100_000);
  assertInteger('songsPerClass', songsPerClass, 1, pairsPerClass);
  assertInteger('imageSize', imageSize, 16, 2048);
  assertInteger('seed', seed, 0, Number.MAX_SAFE_INTEGER);

  const workspace = await openWorkspace(folder);
  const random = createRandom(seed);
  const songs: SongTruth[] = [];
  const pairs: PairTruth[] = [];
  const total = INSTRUMENTS.length * (pairsPerClass + validationPairsPerClass);
  for (const plan of planSongs({ pairsPerClass, validationPairsPerClass, songsPerClass })) {
    const simulated = await simulateSong(plan, { folder: workspace, imageSize, random });
    songs.push(simulated.song);
    pairs.push(...simulated.pairs);
    onProgress?.({ done: pairs.length, total });
  }
  const truth = groundTruth({ seed, imageSize, songs, pairs });
  await publishWorkspace(folder, workspace, truth);
  return truth;
}

function assertInteger(name: string, value: number, lowest: number, highest: number): void {
  if (!Number.isInteger(value) || value < lowest || value > highest) {
    throw new RangeError(`simulateDataset: ${name} must be an integer from ${lowest} to ${highest}, got ${value}`);
  }
}
