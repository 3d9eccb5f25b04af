// Turns a sound into a picture, and a picture into a sound:
//   node main.js --sound trumpet.wav --image violinist.jpg --model runs/laptop --out out
// Whatever is left out is replaced: by a tone, a gradient, an untrained network.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import * as audio from '@cmcgan/audio-features';
import { decodeImage, encodePng, imageToPixels, pixelsToImage } from '@cmcgan/image-io';
import { createCmcgan } from '@cmcgan/model';
import { loadModel } from '@cmcgan/model/node';
import { useWasmKernels } from '@cmcgan/tfjs-kernels/wasm';
import { randomNormal, tensor4d } from '@tensorflow/tfjs-core';

const path = { type: 'string' };
const { values: given } = parseArgs({ options: { sound: path, image: path, model: path, out: { ...path, default: 'out' } } });
await mkdir(given.out, { recursive: true });

const { threads } = await useWasmKernels(); // from here on TensorFlow.js computes on all cores
const model = given.model ? await loadModel(given.model) : createCmcgan({ width: 1 / 8, seed: 1, initialisation: 'he' });
const { decibelRange = { floorDb: -60, ceilingDb: 20 } } = model.config; // what -1 and 1 stand for in the networks' sounds
const z = randomNormal([1, 1, 1, model.latentSize], 0, 1, 'float32', 1); // another seed, another picture of the same sound

// From a sound, half a second at 44.1 kHz as a log-mel spectrum, to a picture.
const waveform = given.sound ? await readHalfSecond(given.sound) : halfSecondOfTone(440); // [22050]
const spectrum = audio.lmsToSound(audio.logMelSpectrum(waveform).data, decibelRange); // [128, 32] in [-1, 1]
const image = model.generateImage(tensor4d(spectrum, [1, 128, 32, 1]), z); // [1, 128, 128, 3] in [-1, 1]
const picture = { pixels: imageToPixels(await image.data()), width: 128, height: 128 };
await writeFile(`${given.out}/picture.png`, await encodePng(picture));

// From a picture of any size, scaled to 128×128 pixels, to a sound.
const pixels = given.image ? await readPixels(given.image) : gradient(); // [128, 128, 3], 0-255
const sound = model.generateSound(tensor4d(pixelsToImage(pixels), [1, 128, 128, 3]), z); // [1, 128, 32, 1] in [-1, 1]
const quiet = audio.soundToWaveform(await sound.data(), decibelRange); // [22050], at the level of the training data
const { samples } = audio.toPlayback(quiet, audio.playbackGainDb(decibelRange)); // loud enough to listen to
await writeFile(`${given.out}/sound.wav`, audio.writeWav({ samples, sampleRateHz: audio.LMS_SAMPLE_RATE_HZ }));

console.log(`${given.out}/picture.png and ${given.out}/sound.wav written, on ${threads} threads`);

/** The first half second of a sound file; a shorter one is padded with silence. */
async function readHalfSecond(file) {
  const { samples, sampleRateHz } = await audio.decodeAudio(await readFile(file), { name: file });
  const resampled = audio.resample(audio.toMono(samples), { fromHz: sampleRateHz, toHz: audio.LMS_SAMPLE_RATE_HZ });
  const half = new Float32Array(audio.LMS_SAMPLES);
  half.set(resampled.subarray(0, half.length));
  return half;
}

async function readPixels(file) {
  return (await decodeImage(await readFile(file), { name: file })).pixels;
}

function halfSecondOfTone(frequencyHz) {
  const radians = (2 * Math.PI * frequencyHz) / audio.LMS_SAMPLE_RATE_HZ;
  return Float32Array.from({ length: audio.LMS_SAMPLES }, (_, n) => 0.5 * Math.sin(radians * n));
}

function gradient() {
  return Uint8Array.from({ length: 128 * 128 * 3 }, (_, i) => 2 * (Math.floor(i / 3) % 128));
}
