import { readFile } from 'node:fs/promises';
import { LMS_FRAMES, MEL_COUNT } from '@cmcgan/audio-features';
import { decodeImage, encodeJpeg, encodePng, lmsToPixels } from '@cmcgan/image-io';
import { createRandom, type Dataset, type Pair } from '@cmcgan/sub-urmp';

/** A pair as a page can show it. */
export interface DrawnPair {
  id: string;
  className: string;
  /** Data URIs: a JPEG, a PNG, low pitches at the bottom, and the WAV file as it is. */
  picture: string;
  spectrogram: string;
  sound: string;
}

const PICTURE_SIZE = 160;

/** Draws random pairs, so many of each class, in the order of classes. */
export async function drawPairs(dataset: Dataset, options: { pairsPerClass: number; seed: number }): Promise<DrawnPair[]> {
  const random = createRandom(options.seed).fork('info');
  const all = [...dataset.splits.train, ...dataset.splits.validation];
  const chosen = dataset.classNames.flatMap((className, classId) =>
    random
      .fork(className)
      .shuffle(all.filter((pair) => pair.classId === classId))
      .slice(0, options.pairsPerClass),
  );
  const drawn: DrawnPair[] = [];
  for (const pair of chosen) drawn.push(await drawPair(dataset, pair));
  return drawn;
}

async function drawPair(dataset: Dataset, pair: Pair): Promise<DrawnPair> {
  const { floorDb: low, ceilingDb: high } = dataset.decibelRange;
  const picture = await decodeImage(await readFile(pair.imagePath), { size: PICTURE_SIZE, name: pair.imagePath });
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
    sound: dataUri('audio/wav', await readFile(pair.soundPath)),
  };
}

const dataUri = (type: string, bytes: Uint8Array) => `data:${type};base64,${Buffer.from(bytes).toString('base64')}`;
