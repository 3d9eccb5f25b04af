import { extname } from 'node:path';
import { LMS_FRAMES, MEL_COUNT } from '@cmcgan/audio-features';
import { decodeImage, encodeJpeg, encodePng, lmsToPixels } from '@cmcgan/image-io';
import { dataUri } from '@cmcgan/pages';
import { createRandom } from '@cmcgan/random';
import { readPairFile, type Dataset, type Pair, type Split } from '@cmcgan/sub-urmp';

/** A pair drawn for a page. */
export interface DrawnPair {
  id: string;
  className: string;
  /** Data URIs of a JPEG, of a PNG with low pitches at the bottom, and of the unchanged sound file. */
  picture: string;
  spectrogram: string;
  sound: string;
}

const PICTURE_SIZE = 160;

/** Draws random pairs, `pairsPerClass` of each class, in the order of classes: half of them from each split, as far as possible. */
export async function drawPairs(dataset: Dataset, options: { pairsPerClass: number; seed: number }): Promise<DrawnPair[]> {
  const random = createRandom(options.seed).fork('info');
  const drawn: DrawnPair[] = [];
  for (const [classId, className] of dataset.classNames.entries()) {
    const shuffled = (split: Split) =>
      random
        .fork(className)
        .fork(split)
        .shuffle(dataset.splits[split].filter((pair) => pair.classId === classId));
    for (const pair of fromBoth(shuffled('train'), shuffled('validation'), options.pairsPerClass)) {
      drawn.push(await drawPair(dataset, pair));
    }
  }
  return drawn;
}

/** Takes `count` items, half of them from each list, an odd one from the first; if one list is too short, more from the other. */
function fromBoth<T>(first: readonly T[], second: readonly T[], count: number): T[] {
  const fromSecond = Math.min(second.length, Math.max(Math.floor(count / 2), count - first.length));
  return [...first.slice(0, count - fromSecond), ...second.slice(0, fromSecond)];
}

async function drawPair(dataset: Dataset, pair: Pair): Promise<DrawnPair> {
  const { floorDb: low, ceilingDb: high } = dataset.decibelRange;
  const picture = await decodeImage(await readPairFile(pair.imagePath), { size: PICTURE_SIZE, name: pair.imagePath });
  const spectrogram = lmsToPixels(await dataset.loadLms(pair), {
    melCount: MEL_COUNT,
    frameCount: LMS_FRAMES,
    low,
    high,
    scale: { frames: 4, mels: 1 },
  });
  return {
    id: pair.id,
    className: pair.instrument,
    picture: dataUri('image/jpeg', await encodeJpeg(picture, { quality: 85 })),
    spectrogram: dataUri('image/png', await encodePng(spectrogram)),
    sound: dataUri(soundType(pair.soundPath), await readPairFile(pair.soundPath)),
  };
}

/** Media types of sound files by extension; others are taken for WAV. */
const SOUND_TYPES: Readonly<Record<string, string>> = {
  ...{
    '.flac': 'audio/flac',
    '.mp3': 'audio/mpeg',
    '.ogg': 'audio/ogg',
    '.oga': 'audio/ogg',
    '.opus': 'audio/ogg',
    '.aif': 'audio/aiff',
    '.aiff': 'audio/aiff',
  },
};
const soundType = (path: string) => SOUND_TYPES[extname(path).toLowerCase()] ?? 'audio/wav';
