import { readFile } from 'node:fs/promises';
import { dataUri } from '@cmcgan/pages/html';
import { releasedFiles, type Released, type RestoredPair } from '../released/released-files';
import { drawSound, type DrawnSound } from './draw-sounds';

/** A restored pair on the page. Pictures are data URIs. */
export interface DrawnPair extends RestoredPair {
  readonly picture: string;
  readonly pictureFromSound: string;
  readonly sound: DrawnSound;
  readonly soundFromPicture: DrawnSound;
}

/** Draws what the released weights restored. */
export async function drawReleased({ pairs, decibelRange }: Released, folder: string): Promise<DrawnPair[]> {
  const picture = async (path: string) => dataUri('image/png', await readFile(path));
  return Promise.all(
    pairs.map(async (pair) => {
      const files = releasedFiles(folder, pair.instrument);
      return {
        ...pair,
        picture: await picture(files.picture),
        pictureFromSound: await picture(files.pictureFromSound),
        sound: await drawSound({ label: 'true sound', path: files.sound }, decibelRange),
        soundFromPicture: await drawSound({ label: 'generated', path: files.soundFromPicture }, decibelRange),
      };
    }),
  );
}
