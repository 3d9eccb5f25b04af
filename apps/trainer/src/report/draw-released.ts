import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dataUri } from '@cmcgan/pages/html';
import { readReleased, RELEASED_FOLDER, releasedFiles, type RestoredPair } from '../released/released-files';
import { drawSound, type DrawnSound } from './draw-sounds';

/** A restored pair on the page. Pictures are data URIs. */
export interface DrawnPair extends RestoredPair {
  readonly picture: string;
  readonly pictureFromSound: string;
  readonly sound: DrawnSound;
  readonly soundFromPicture: DrawnSound;
}

/** Draws what the released weights restored for a run; empty if nothing. */
export async function drawReleased(runFolder: string): Promise<DrawnPair[]> {
  const folder = join(runFolder, RELEASED_FOLDER);
  const released = await readReleased(folder);
  if (released === null) return [];
  const { pairs, decibelRange } = released;
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
