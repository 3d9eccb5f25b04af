// POST /picture with a sound file in the form field `sound`: responds with the picture generated from it, a PNG of 128×128.
import { decodeAudio, lmsToSound, logMelSpectrum, LMS_SAMPLE_RATE_HZ, LMS_SAMPLES } from '@cmcgan/audio-features';
import { resample, toMono } from '@cmcgan/audio-features';
import { encodePng, imageToPixels } from '@cmcgan/image-io';
import { createCmcgan } from '@cmcgan/model';
import { loadModel } from '@cmcgan/model/node';
import { useWasmKernels } from '@cmcgan/tfjs-kernels/wasm';
import { randomNormal, tensor4d, tidy } from '@tensorflow/tfjs-core';

/** Kernels and model, loaded by the first request and shared by all: the model that MODEL names, or else an untrained one. */
let starting;
async function start() {
  await useWasmKernels();
  return process.env.MODEL ? loadModel(process.env.MODEL) : createCmcgan({ width: 1 / 8, seed: 1, initialisation: 'he' });
}

export async function POST(request) {
  const model = await (starting ??= start());
  try {
    const file = (await request.formData()).get('sound');
    if (!(file instanceof File)) throw new Error('the form must have a file in its field "sound"');
    const pixels = imagine(await readHalfSecond(file), model);
    const png = await encodePng({ pixels, width: 128, height: 128 });
    return new Response(png, { headers: { 'Content-Type': 'image/png' } });
  } catch (error) {
    return new Response(error.message, { status: 400 });
  }
}

/** The first half second of a sound file, mono at 44.1 kHz; a shorter one is padded with silence. */
async function readHalfSecond(file) {
  const { samples, sampleRateHz } = await decodeAudio(file, { name: file.name });
  const resampled = resample(toMono(samples), { fromHz: sampleRateHz, toHz: LMS_SAMPLE_RATE_HZ });
  const half = new Float32Array(LMS_SAMPLES);
  half.set(resampled.subarray(0, half.length));
  return half;
}

/** The pixels [128, 128, 3] that the model generates from a waveform [22050]. */
function imagine(waveform, model) {
  const { decibelRange = { floorDb: -60, ceilingDb: 20 } } = model.config; // what -1 and 1 stand for in the networks' sounds
  const spectrum = lmsToSound(logMelSpectrum(waveform).data, decibelRange); // [128, 32] in [-1, 1]
  // tidy frees the tensors; otherwise each request would leave some in memory
  const image = tidy(() => {
    const z = randomNormal([1, 1, 1, model.latentSize], 0, 1, 'float32', 1); // another seed, another picture of the same sound
    return model.generateImage(tensor4d(spectrum, [1, 128, 32, 1]), z).dataSync(); // [1, 128, 128, 3] in [-1, 1]
  });
  return imageToPixels(image);
}
