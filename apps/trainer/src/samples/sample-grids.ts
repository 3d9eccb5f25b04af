import { contactSheet, type Picture } from '@cmcgan/image-io';
import { endOf, wayName, type Way } from '@cmcgan/model';
import type { Sample } from '@cmcgan/sub-urmp';
import type { GeneratedPair } from './generate-both-ways';
import { imagePicture, soundPicture } from './pictures';

/** A real pair, its instrument, and what was generated from it. */
export interface GridPair {
  readonly instrument: string;
  readonly truth: Pick<Sample, 'image' | 'sound'>;
  readonly generated: GeneratedPair;
}

/** Size of a grid's cells and of the gaps between them, in pixels; labels are to the left and above. */
export const GRID_LAYOUT = { cellSize: 128, gap: 4 } as const;

/** Labels of the first and the last row of a grid; between them is a row for each way, labelled by its name. */
export const GRID_ENDS = {
  soundToImage: { given: 'sound given', truth: 'true picture' },
  imageToSound: { given: 'picture given', truth: 'true sound' },
} as const;

interface GridLine {
  readonly label: string;
  readonly cell: (pair: GridPair) => Picture | null;
}

/** A grid with a column per instrument and the given rows. */
function grid(pairs: readonly GridPair[], lines: readonly GridLine[]): Promise<Picture> {
  return contactSheet({
    ...GRID_LAYOUT,
    columnLabels: pairs.map(({ instrument }) => instrument.replaceAll('_', ' ')),
    rows: lines.map(({ label, cell }) => ({ label, cells: pairs.map(cell) })),
  });
}

function generatedLine(way: Way, draw: (values: Float32Array) => Picture): GridLine {
  return {
    label: wayName(way),
    cell: ({ generated }) => {
      const values = generated[endOf(way)];
      return values ? draw(values) : null;
    },
  };
}

/** Pictures generated from sounds: a row with the given sounds, one for each way, and one with the true pictures. */
export function soundToImageGrid(pairs: readonly GridPair[], ways: readonly Way[]): Promise<Picture> {
  const { given, truth } = GRID_ENDS.soundToImage;
  return grid(pairs, [
    { label: given, cell: (pair) => soundPicture(pair.truth.sound) },
    ...ways.map((way) => generatedLine(way, imagePicture)),
    { label: truth, cell: (pair) => imagePicture(pair.truth.image) },
  ]);
}

/** Sounds generated from pictures, as spectrograms: a row with the given pictures, one for each way, and one with the true sounds. */
export function imageToSoundGrid(pairs: readonly GridPair[], ways: readonly Way[]): Promise<Picture> {
  const { given, truth } = GRID_ENDS.imageToSound;
  return grid(pairs, [
    { label: given, cell: (pair) => imagePicture(pair.truth.image) },
    ...ways.map((way) => generatedLine(way, soundPicture)),
    { label: truth, cell: (pair) => soundPicture(pair.truth.sound) },
  ]);
}
