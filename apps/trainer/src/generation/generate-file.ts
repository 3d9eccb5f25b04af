import { extname } from 'node:path';
import {
  LMS_SAMPLE_RATE_HZ,
  lmsToSound,
  logMelSpectrum,
  playbackGainDb,
  soundToWaveform,
  toPlayback,
  writeWav,
  type DecibelRange,
} from '@cmcgan/audio-features';
import { UserError } from '@cmcgan/command-line';
import { decodeImage, encodeJpeg, encodePng, encodeWebp, MAX_PIXELS, pixelsToImage, type Picture } from '@cmcgan/image-io';
import { WAYS, wayName, type CrossModalModel, type Modality, type Output, type Way } from '@cmcgan/model';
import { openCheckpoint, writeAtomically, type Checkpoint } from '@cmcgan/training/node';
import type { GenerateOptions, PICTURE_EXTENSIONS } from '../options/generate-options';
import { imagePicture, soundPicture } from '../samples/pictures';
import { decibelRangeOf } from './decibel-range';
import { describeCheckpoint } from './describe-checkpoint';
import { generateSamples } from './generate-samples';
import { readHalfSecond, readInput } from './read-input';

/** The model and the options of a `generate` call. */
interface Generation {
  readonly model: CrossModalModel;
  /** The dB that -1 and 1 of the model's sounds stand for. */
  readonly decibelRange: DecibelRange;
  readonly options: GenerateOptions;
  /** Receives messages for people. */
  readonly note: (line: string) => void;
}

function assertSampleRate({ folder, model }: Checkpoint): void {
  const { sampleRateHz = LMS_SAMPLE_RATE_HZ } = model.config;
  if (sampleRateHz === LMS_SAMPLE_RATE_HZ) return;
  throw new UserError(
    `the model in ${folder} was trained on sounds at ${sampleRateHz} Hz; generate supports ${LMS_SAMPLE_RATE_HZ} Hz only`,
  );
}

/** Generates a file as the options ask, on the current backend. Resolves to the paths of the files written. */
export async function generateFile(options: GenerateOptions, note: (line: string) => void): Promise<string[]> {
  const checkpoint = await openCheckpoint(options.checkpoint);
  const { model } = checkpoint;
  try {
    assertSampleRate(checkpoint);
    note(describeCheckpoint(checkpoint, options.checkpoint));
    const decibelRange = await decibelRangeOf(checkpoint, options.decibelRange, note);
    return await (options.from === 'picture' ? pictureToSound : soundToPicture)({ model, decibelRange, options, note });
  } finally {
    model.dispose();
  }
}

const SOURCE_NAMES = { V: 'a picture', A: 'a sound' } as const;

/** The model's way from one modality to the other: the output asked for, by default the end of the path if the model has one. */
export function chooseWay({ ways }: Pick<CrossModalModel, 'ways'>, from: Modality, output: Output | null): Way {
  const fromHere = ways.filter((way) => way.from === from);
  const way = fromHere.find((candidate) => output === null || candidate.output === output);
  if (way !== undefined) return way;
  if (fromHere.length === 0) throw new UserError(`this checkpoint's networks generate nothing from ${SOURCE_NAMES[from]}`);
  const missing = WAYS.find((candidate) => candidate.from === from && candidate.output === output)!;
  throw new UserError(`this checkpoint's networks have no path ${wayName(missing)}; use --output ${fromHere[0].output}`);
}

/** Path of the spectrogram: beside the sound and named after it, unless that would overwrite the input picture. */
function spectrogramPath(out: string, input: string): string {
  const path = out.replace(/\.wav$/i, '.png');
  return path === input ? out.replace(/\.wav$/i, '.spectrogram.png') : path;
}

/** Writes the sound generated from a picture: a WAV of half a second, and its spectrogram as a PNG beside it. */
async function pictureToSound({ model, decibelRange, options, note }: Generation): Promise<string[]> {
  const { input, out, seed } = options;
  const way = chooseWay(model, 'V', options.output);
  const { pixels } = await decodeImage(await readInput(input), { name: input, maxPixels: options.maxPixels ?? MAX_PIXELS });
  note(`Read ${input}.`);
  const [sound] = await generateSamples(model, { samples: [pixelsToImage(pixels)], seed }, way); // [128, 32]
  const asked = options.gainDb ?? playbackGainDb(decibelRange);
  const { samples, gainDb } = toPlayback(soundToWaveform(sound, decibelRange, { seed }), asked);
  note(`Sound: amplified by ${gainDb.toFixed(1)} dB; --gain 0 keeps the level of the training data.`);
  const spectrogram = spectrogramPath(out, input);
  await writeAtomically(out, writeWav({ samples, sampleRateHz: LMS_SAMPLE_RATE_HZ }), { makeFolders: true });
  await writeAtomically(spectrogram, await encodePng(soundPicture(sound)));
  return [out, spectrogram];
}

type Encoder = (picture: Picture) => Promise<Uint8Array>;

const ENCODERS: Readonly<Record<(typeof PICTURE_EXTENSIONS)[number], Encoder>> = {
  '.png': encodePng,
  '.jpg': encodeJpeg,
  '.jpeg': encodeJpeg,
  '.webp': encodeWebp,
};

/** Encodes a picture in the format given by the path's extension. */
function encodePicture(picture: Picture, path: string): Promise<Uint8Array> {
  return ENCODERS[extname(path).toLowerCase() as keyof typeof ENCODERS](picture);
}

/** Writes the 128×128 picture generated from half a second of sound. */
async function soundToPicture({ model, decibelRange, options, note }: Generation): Promise<string[]> {
  const { input, atSeconds, out, seed } = options;
  const way = chooseWay(model, 'A', options.output);
  const { data: lmsDb } = logMelSpectrum(await readHalfSecond(input, { atSeconds, note })); // [128, 44]
  const sound = lmsToSound(lmsDb, decibelRange); // [128, 32]
  if (sound.every((value) => value === -1)) {
    note('warning: this half second is silent, so the picture depends on the seed alone; choose another place with --at.');
  }
  const [image] = await generateSamples(model, { samples: [sound], seed }, way); // [128, 128, 3]
  await writeAtomically(out, await encodePicture(imagePicture(image), out), { makeFolders: true });
  return [out];
}
