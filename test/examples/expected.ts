import { LMS_SAMPLES, lmsToSound, logMelSpectrum, playbackGainDb, soundToWaveform, toPlayback } from '@cmcgan/audio-features';
import { imageToPixels, pixelsToImage } from '@cmcgan/image-io';
import { createCmcgan, type Cmcgan } from '@cmcgan/model';
import '@tensorflow/tfjs-backend-cpu';
import { randomNormal, setBackend, tensor4d } from '@tensorflow/tfjs-core';

/** The inputs of an example: half a second of a rising tone at 44.1 kHz, and a picture. */
export const GIVEN_WAVEFORM = Float32Array.from({ length: LMS_SAMPLES }, (_, n) => 0.5 * Math.sin(n * 0.05 + n * n * 4e-6));
export const GIVEN_PICTURE = {
  pixels: Uint8Array.from({ length: 128 * 128 * 3 }, (_, i) => (i * i) % 251),
  width: 128,
  height: 128,
};

/** A small network whose random weights are large enough that its output depends on its input. */
export const createGivenModel = (): Cmcgan =>
  createCmcgan({ width: 1 / 32, latentSize: 4, initialisation: 'he', decibelRange: { floorDb: -50, ceilingDb: 30 }, seed: 3 });

/** The network that an example uses by default. */
export const createUntrainedModel = (): Cmcgan => createCmcgan({ width: 1 / 8, seed: 1, initialisation: 'he' });

/** The expected outputs, computed on TensorFlow.js' cpu backend. Pixels are 0-255; levels are those of a log-mel spectrum, in dB. */
export async function expectedOf(model: Cmcgan): Promise<{ pixels: Uint8Array; levelsDb: Float32Array }> {
  await setBackend('cpu');
  const { decibelRange = { floorDb: -60, ceilingDb: 20 } } = model.config;
  const z = randomNormal([1, 1, 1, model.latentSize], 0, 1, 'float32', 1);
  const image = model.generateImage(tensor4d(lmsToSound(logMelSpectrum(GIVEN_WAVEFORM).data, decibelRange), [1, 128, 32, 1]), z);
  const sound = model.generateSound(tensor4d(pixelsToImage(GIVEN_PICTURE.pixels), [1, 128, 128, 3]), z);
  const waveform = soundToWaveform(await sound.data<'float32'>(), decibelRange);
  const { samples } = toPlayback(waveform, playbackGainDb(decibelRange));
  return { pixels: imageToPixels(await image.data<'float32'>()), levelsDb: logMelSpectrum(samples).data };
}

/**
 * The mean difference between two lists of numbers. For levels in dB: the search for phases makes rounding errors of a spectrum audible to a few
 * single bands, but not more.
 */
export const meanDifference = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) / a.length;

/** The largest difference between two lists of numbers. */
export const largestDifference = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i]!)));
