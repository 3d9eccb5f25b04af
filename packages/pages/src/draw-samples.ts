import {
  LMS_SAMPLE_RATE_HZ,
  playbackGainDb,
  readWav,
  soundToWaveform,
  toMono,
  toPlayback,
  writeWav,
  type DecibelRange,
} from '@cmcgan/audio-features';
import type { ModelSamples } from '@cmcgan/evaluation';
import { encodeJpeg, encodePng, imageToPixels, lmsToPixels } from '@cmcgan/image-io';
import { readPairFile, type Dataset, type Pair } from '@cmcgan/sub-urmp';
import { dataUri } from './html';

/** A sound that a page can show and play: data URIs of its spectrogram and of the half second as a WAV file. */
export interface PlayableSound {
  readonly spectrogram: string;
  readonly wav: string;
}

/** A real pair, drawn for a page. */
export interface DrawnPair {
  readonly id: string;
  readonly className: string;
  /** Data URI. */
  readonly image: string;
  readonly sound: PlayableSound;
}

/** The samples that one model generated from pairs, drawn for a page; images are data URIs. */
export type DrawnSamples = ModelSamples<string, PlayableSound>;

/** A waveform at 44.1 kHz, at the level at which the model's sounds are played, as the data URI of a WAV file. */
function wavUri(waveform: Float32Array, range: DecibelRange): string {
  const { samples } = toPlayback(waveform, playbackGainDb(range));
  return dataUri('audio/wav', writeWav({ samples, sampleRateHz: LMS_SAMPLE_RATE_HZ }));
}

/** A network's image, Float32Array [128, 128, 3] in [-1, 1], as the data URI of a JPEG. */
async function drawImage(image: Float32Array): Promise<string> {
  return dataUri('image/jpeg', await encodeJpeg({ pixels: imageToPixels(image), width: 128, height: 128 }, { quality: 88 }));
}

/** A network's sound, Float32Array [128, 32] in [-1, 1], as a spectrogram and resynthesised as a waveform. */
async function drawSound(sound: Float32Array, range: DecibelRange): Promise<PlayableSound> {
  const picture = lmsToPixels(sound, { melCount: 128, frameCount: 32, scale: { frames: 4, mels: 1 } });
  return {
    spectrogram: dataUri('image/png', await encodePng(picture)),
    wav: wavUri(soundToWaveform(sound, range, { seed: 1 }), range),
  };
}

/** Draws the samples that a model generated. */
export async function drawSamples({ images, sounds }: ModelSamples, range: DecibelRange): Promise<DrawnSamples> {
  return {
    images: await mapRoles(images, drawImage),
    sounds: await mapRoles(sounds, (sound) => drawSound(sound, range)),
  };
}

async function mapRoles<From, To>(
  byRole: Readonly<Record<string, readonly From[]>>,
  draw: (sample: From) => Promise<To>,
): Promise<Record<string, To[]>> {
  const drawn = Object.entries(byRole).map(async ([role, samples]) => [role, await Promise.all(samples.map(draw))] as const);
  return Object.fromEntries(await Promise.all(drawn));
}

/** Draws real pairs for a page; their sounds come from the recordings, not resynthesised from spectrograms. */
export async function drawPairs(dataset: Dataset, pairs: readonly Pair[]): Promise<DrawnPair[]> {
  return Promise.all(
    pairs.map(async (pair) => {
      const { image, sound } = await dataset.load(pair);
      const { samples } = readWav(await readPairFile(pair.soundPath), { name: pair.soundPath });
      const wav = wavUri(toMono(samples), dataset.decibelRange);
      const { spectrogram } = await drawSound(sound, dataset.decibelRange);
      return { id: pair.id, className: pair.instrument, image: await drawImage(image), sound: { spectrogram, wav } };
    }),
  );
}
