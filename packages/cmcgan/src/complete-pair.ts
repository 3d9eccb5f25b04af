import { playbackGainDb, soundToWaveform, toPlayback, type Playback } from '@cmcgan/audio-features';
import { pixelsToImage } from '@cmcgan/image-io';
import type { Core } from './core';
import type { GenerationRequest } from './generate-samples';
import { halfSecondAt, loudestStart } from './inputs/half-seconds';
import { readPicture, type PictureInput } from './inputs/picture-input';
import { readSound, type SoundInput } from './inputs/sound-input';
import { pictureOfImage, type GeneratedPicture } from './outputs/generated-picture';
import { generatedSound, type GeneratedSound } from './outputs/generated-sound';
import { spectraAt } from './sound-to-pictures';

/** A picture, a sound, or both. */
export interface PairInput {
  picture?: PictureInput;
  sound?: SoundInput;
}

/** A picture and the sound that goes with it, as the networks see them: 128×128 pixels, and half a second. */
export interface Pair {
  readonly picture: GeneratedPicture;
  readonly sound: GeneratedSound;
  /** Which of them was generated from the other; null if both were given. */
  readonly generated: 'picture' | 'sound' | null;
}

/** Both modalities of a sample, as inputs of the networks: image [128, 128, 3] and sound [128, 32]; and the half second to hear. */
export interface CompletePair {
  readonly image: Float32Array;
  readonly sound: Float32Array;
  readonly heard: Playback;
  readonly generated: Pair['generated'];
}

/** Reads what is given of a pair, the loudest half second of a sound, and generates what is missing. */
export async function completePair(
  { picture, sound }: PairInput,
  generating: Pick<GenerationRequest, 'seed' | 'output' | 'signal'>,
  core: Core,
): Promise<CompletePair> {
  const [image, given] = await Promise.all([
    picture === undefined
      ? undefined
      : readPicture(picture, core.platform, generating.signal).then((pixels) => pixelsToImage(pixels)),
    sound === undefined ? undefined : loudestHalfSecond(sound, core, generating.signal),
  ]);
  if (image === undefined && given === undefined) throw new Error('a picture, a sound or both must be given, got neither');
  if (given === undefined) {
    const [made] = await core.generate({ from: 'V', samples: [image!], ...generating, latents: 'same' });
    const waveform = soundToWaveform(made, core.decibelRange, { seed: generating.seed });
    const heard = toPlayback(waveform, playbackGainDb(core.decibelRange));
    return { image: image!, sound: made, heard, generated: 'sound' };
  }
  if (image !== undefined) return { image, ...given, generated: null };
  const [made] = await core.generate({ from: 'A', samples: [given.sound], ...generating, latents: 'same' });
  return { image: made, ...given, generated: 'picture' };
}

async function loudestHalfSecond(
  input: SoundInput,
  core: Core,
  signal: AbortSignal | undefined,
): Promise<Pick<CompletePair, 'sound' | 'heard'>> {
  const recording = await readSound(input, core.platform, signal);
  const start = loudestStart(recording.samples);
  const [sound] = spectraAt(recording, [start], core);
  return { sound, heard: { samples: halfSecondAt(recording.samples, start), gainDb: 0 } };
}

/** A complete pair as it is returned to users. */
export const toPair = ({ image, heard, generated }: CompletePair, { decibelRange }: Core): Pair => ({
  picture: pictureOfImage(image),
  sound: generatedSound(heard, decibelRange),
  generated,
});
