import { contactSheet, type Picture } from '@cmcgan/image-io';
import type { Sample } from '@cmcgan/sub-urmp';
import type { GeneratedPair } from './generate-both-ways';
import { imagePicture, soundPicture } from './pictures';

/** A true pair, what was made of it, and its instrument's name. */
export interface GridRow {
  readonly label: string;
  readonly truth: Pick<Sample, 'image' | 'sound'>;
  readonly generated: GeneratedPair;
}

/** Grid of pictures made from sounds, one instrument a row: the sound heard, the path's end, the direct output, the true picture. */
export function soundToImageGrid(rows: readonly GridRow[]): Promise<Picture> {
  return contactSheet({
    columnLabels: ['sound given', 'A→A→V', 'A→V', 'true picture'],
    rows: rows.map(({ label, truth, generated }) => ({
      label,
      cells: [
        soundPicture(truth.sound),
        imagePicture(generated.image.pathEnd),
        imagePicture(generated.image.direct),
        imagePicture(truth.image),
      ],
    })),
  });
}

/** Grid of sounds made from pictures, as spectrograms: the picture seen, the path's end, the direct output, the true sound. */
export function imageToSoundGrid(rows: readonly GridRow[]): Promise<Picture> {
  return contactSheet({
    columnLabels: ['picture given', 'V→V→A', 'V→A', 'true sound'],
    rows: rows.map(({ label, truth, generated }) => ({
      label,
      cells: [
        imagePicture(truth.image),
        soundPicture(generated.sound.pathEnd),
        soundPicture(generated.sound.direct),
        soundPicture(truth.sound),
      ],
    })),
  });
}
