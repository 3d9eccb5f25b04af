import { readFile } from 'node:fs/promises';
import { LMS_SAMPLE_RATE_HZ, LMS_SAMPLES, lmsToSound, logMelSpectrum, readWav, resample, toMono } from '@cmcgan/audio-features';
import { encodePng } from '@cmcgan/image-io';
import type { Checkpoint } from '../checkpoint/open-checkpoint';
import { UserError } from '@cmcgan/command-line';
import { writeAtomically } from '../files/write-atomically';
import type { GenerateOptions } from '../options/generate-options';
import { imagePicture } from '../samples/pictures';
import { generateSamples } from './generate-samples';
import { chooseWay } from './choose-way';

/** Half a second of a WAV file, mono at 44.1 kHz, [22050] in [-1, 1], starting at `atSeconds`. */
async function readHalfSecond(path: string, atSeconds: number): Promise<Float32Array> {
  const { samples, sampleRateHz } = readWav(await readFile(path), { name: path });
  const mono = toMono(samples);
  const start = Math.round(atSeconds * sampleRateHz);
  const excerpt = mono.subarray(start, start + Math.ceil(0.5 * sampleRateHz));
  if (excerpt.length < 0.5 * sampleRateHz) {
    const seconds = (mono.length / sampleRateHz).toFixed(2);
    throw new UserError(`${path} must have half a second of sound from --at ${atSeconds} on, got ${seconds} s in all`);
  }
  if (sampleRateHz === LMS_SAMPLE_RATE_HZ) return excerpt;
  return resample(excerpt, { fromHz: sampleRateHz, toHz: LMS_SAMPLE_RATE_HZ }).subarray(0, LMS_SAMPLES);
}

/** Writes the picture that the networks imagine for half a second of a WAV file: a PNG of 128×128. */
export async function soundToPicture({ model, training }: Checkpoint, options: GenerateOptions): Promise<string[]> {
  const { data: lmsDb } = logMelSpectrum(await readHalfSecond(options.input, options.atSeconds)); // [128, 44]
  const way = chooseWay(model, 'A', options.output);
  const request = { samples: [lmsToSound(lmsDb, training.data.decibelRange)], seed: options.seed };
  const [image] = await generateSamples(model, request, way); // [128, 128, 3]
  await writeAtomically(options.out, await encodePng(imagePicture(image)));
  return [options.out];
}
