import { SAMPLE_SHAPES, type Modality } from '@cmcgan/model';
import { blockMeans } from '../metrics/block-means';

/** Blocks of an image, and of a sound: all mels, and an eighth of a half second each. */
const BLOCKS = { V: [16, 16], A: [128, 8] } as const;

/** What the regressors of pitch and loudness see of a sample, flat in [-1, 1]: means of 16×16 blocks, or of 128 mels × 8 times. */
export function sampleDescriptor(values: ArrayLike<number>, modality: Modality): Float32Array {
  return blockMeans(values, SAMPLE_SHAPES[modality], BLOCKS[modality]);
}
