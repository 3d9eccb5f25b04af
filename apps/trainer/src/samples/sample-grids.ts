import { contactSheet, type Picture } from '@cmcgan/image-io';
import type { GeneratedRole } from '@cmcgan/model';
import type { Sample } from '@cmcgan/sub-urmp';
import type { GeneratedPair } from './generate-both-ways';
import { imagePicture, soundPicture } from './pictures';

/** A true pair, what was made of it, and its instrument's name. */
export interface GridRow {
  readonly label: string;
  readonly truth: Pick<Sample, 'image' | 'sound'>;
  readonly generated: GeneratedPair;
}

/** 'AAV' as A→A→V, the way the paper writes paths. */
const pathName = (role: GeneratedRole) => [...role].join('→');

const cellOf = (generated: Float32Array | undefined, draw: (values: Float32Array) => Picture) =>
  generated ? draw(generated) : null;

/** Grid of pictures made from sounds, an instrument a row: the sound given, a column for each of the roles, the true picture. */
export function soundToImageGrid(rows: readonly GridRow[], roles: readonly GeneratedRole[]): Promise<Picture> {
  return contactSheet({
    columnLabels: ['sound given', ...roles.map(pathName), 'true picture'],
    rows: rows.map(({ label, truth, generated }) => ({
      label,
      cells: [
        soundPicture(truth.sound),
        ...roles.map((role) => cellOf(generated[role], imagePicture)),
        imagePicture(truth.image),
      ],
    })),
  });
}

/** Grid of sounds made from pictures, as spectrograms: the picture given, a column for each of the roles, the true sound. */
export function imageToSoundGrid(rows: readonly GridRow[], roles: readonly GeneratedRole[]): Promise<Picture> {
  return contactSheet({
    columnLabels: ['picture given', ...roles.map(pathName), 'true sound'],
    rows: rows.map(({ label, truth, generated }) => ({
      label,
      cells: [
        imagePicture(truth.image),
        ...roles.map((role) => cellOf(generated[role], soundPicture)),
        soundPicture(truth.sound),
      ],
    })),
  });
}
