// Computes outside the page, which stays responsive; on several threads if the page is cross-origin isolated.
import { decodeAudio, lmsToSound, logMelSpectrum, LMS_SAMPLE_RATE_HZ, LMS_SAMPLES } from '@cmcgan/audio-features';
import { playbackGainDb, resample, soundToWaveform, toMono, toPlayback, writeWav } from '@cmcgan/audio-features';
import { decodeImage, imageToPixels, pixelsToImage } from '@cmcgan/image-io';
import { cmcganFromTensors, createCmcgan, fromSafetensors } from '@cmcgan/model';
import { useWasmKernels } from '@cmcgan/tfjs-kernels/wasm';
import binary from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import { randomNormal, tensor4d, tidy } from '@tensorflow/tfjs-core';

const starting = start();
starting.then(({ threads }) => self.postMessage({ text: `Ready, on ${threads} threads` }), sayWhy);

self.addEventListener('message', async ({ data: { kind, file } }) => {
  try {
    const started = await starting;
    const result = kind === 'sound' ? { pixels: await toPixels(file, started) } : { wav: await toWav(file, started) };
    self.postMessage({ text: `From ${file.name}, on ${started.threads} threads`, ...result });
  } catch (error) {
    sayWhy(error);
  }
});

function sayWhy({ message }) {
  self.postMessage({ text: message });
}

async function start() {
  const { threads } = await useWasmKernels({ binary }); // a browser needs the URL of this TensorFlow.js file
  const model = await loadModel();
  const { decibelRange = { floorDb: -60, ceilingDb: 20 } } = model.config; // what -1 and 1 stand for in the networks' sounds
  const z = randomNormal([1, 1, 1, model.latentSize], 0, 1, 'float32', 1); // another seed, another picture of the same sound
  return { threads, model, decibelRange, z };
}

/** The trained model whose two files are in public/model, or else an untrained network. */
async function loadModel() {
  const [config, weights] = await Promise.all(['config.json', 'model.safetensors'].map((name) => fetch(`/model/${name}`)));
  if (!config.ok || !weights.ok) return createCmcgan({ width: 1 / 8, seed: 1, initialisation: 'he' });
  return cmcganFromTensors(await config.json(), fromSafetensors(await weights.arrayBuffer()).tensors);
}

/** Turns the first half second of a sound file into the RGBA pixels of a picture, 128×128. */
async function toPixels(file, { model, decibelRange, z }) {
  const { samples, sampleRateHz } = await decodeAudio(file, { name: file.name });
  const resampled = resample(toMono(samples), { fromHz: sampleRateHz, toHz: LMS_SAMPLE_RATE_HZ });
  const half = new Float32Array(LMS_SAMPLES); // a shorter sound is padded with silence
  half.set(resampled.subarray(0, half.length));
  const spectrum = lmsToSound(logMelSpectrum(half).data, decibelRange); // [128, 32] in [-1, 1]
  // [1, 128, 128, 3] in [-1, 1]; tidy frees the tensors; otherwise each file would leave some in memory
  const image = tidy(() => model.generateImage(tensor4d(spectrum, [1, 128, 32, 1]), z).dataSync());
  const rgb = imageToPixels(image); // 0-255
  return Uint8ClampedArray.from({ length: 128 * 128 * 4 }, (_, i) => (i % 4 < 3 ? rgb[3 * Math.floor(i / 4) + (i % 4)] : 255));
}

/** Turns a picture file into half a second of sound, as a WAV file. */
async function toWav(file, { model, decibelRange, z }) {
  const { pixels } = await decodeImage(file, { name: file.name }); // [128, 128, 3], 0-255
  // [1, 128, 32, 1] in [-1, 1]
  const sound = tidy(() => model.generateSound(tensor4d(pixelsToImage(pixels), [1, 128, 128, 3]), z).dataSync());
  const quiet = soundToWaveform(sound, decibelRange); // [22050], at the level of the training data
  const { samples } = toPlayback(quiet, playbackGainDb(decibelRange)); // loud enough to listen to
  return writeWav({ samples, sampleRateHz: LMS_SAMPLE_RATE_HZ });
}
