import { readFile } from 'node:fs/promises';
import { hzToMel, LMS_FRAMES, LMS_SAMPLE_RATE_HZ, melToHz, MEL_COUNT } from '@cmcgan/audio-features';
import { decodeImage, encodeJpeg, lmsWithAxesSvg } from '@cmcgan/image-io';
import { createRandom, type Dataset, type Pair } from '@cmcgan/sub-urmp';

/** A pair as a page can show it. */
export interface DrawnPair {
  id: string;
  className: string;
  /** Data URIs: a JPEG, an SVG with axes, and the WAV file as it is. */
  picture: string;
  spectrogram: string;
  sound: string;
}

const SECONDS_PER_FRAME = 512 / LMS_SAMPLE_RATE_HZ;
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
  const spectrogram = await lmsWithAxesSvg(await dataset.loadLms(pair), {
    melCount: MEL_COUNT,
    frameCount: LMS_FRAMES,
    low,
    high,
    scale: { frames: 4, mels: 1 },
    rowHz: melRowsHz(),
    secondsPerFrame: SECONDS_PER_FRAME,
  });
  return {
    id: pair.id,
    className: pair.instrument,
    picture: dataUri('image/jpeg', await encodeJpeg(picture, { quality: 85 })),
    spectrogram: dataUri('image/svg+xml', Buffer.from(spectrogram)),
    sound: dataUri('audio/wav', await readFile(pair.soundPath)),
  };
}

/** The middle of each mel band: bands lie evenly on the mel scale from 0 Hz to half the sample rate. */
function melRowsHz(): number[] {
  const top = hzToMel(LMS_SAMPLE_RATE_HZ / 2);
  return Array.from({ length: MEL_COUNT }, (_, row) => melToHz((top * (row + 1)) / (MEL_COUNT + 1)));
}

const dataUri = (type: string, bytes: Uint8Array) => `data:${type};base64,${Buffer.from(bytes).toString('base64')}`;
