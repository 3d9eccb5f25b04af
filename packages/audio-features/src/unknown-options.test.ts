// A misspelt option is an error that names the right one, in every function of decoding, measuring, inverting and writing.
import { describe, expect, it } from 'vitest';
import {
  createLoudnessMeter,
  createResampler,
  decodeAudio,
  griffinLim,
  integratedLoudness,
  melToMagnitude,
  melToWaveform,
  readWav,
  resample,
  soundToWaveform,
  streamWav,
  writeWav,
} from './index';

const samples = new Float32Array(64);
const mel = { data: new Float32Array(128), melCount: 128, frameCount: 1 };
const bytes = writeWav({ samples, sampleRateHz: 8000 });

/** A call with options as a JavaScript user may write them. */
type Call = (options: never) => unknown;

const CALLS: [string, string, string, Call][] = [
  ['decodeAudio', 'fileName', 'name', (options) => decodeAudio(bytes, options)],
  ['decodeAudio', 'truncated', 'damaged', (options) => decodeAudio(bytes, options)],
  ['readWav', 'damaged', 'truncated', (options) => readWav(bytes, options)],
  ['streamWav', 'damaged', 'truncated', (options) => streamWav([] as never, options).next()],
  ['writeWav', 'bits', 'bitDepth', (options: object) => writeWav({ samples, sampleRateHz: 8000, ...options })],
  ['writeWav', 'sampleRate', 'sampleRateHz', (options: object) => writeWav({ samples, ...options })],
  ['resample', 'from', 'fromHz', (options) => resample(samples, options)],
  ['resample', 'sampleRateHz', 'fromHz', (options) => resample(samples, options)],
  ['resample', 'to', 'toHz', (options) => resample(samples, options)],
  ['resample', 'target_sr', 'toHz', (options) => resample(samples, options)],
  ['createResampler', 'orig_sr', 'fromHz', (options) => createResampler(options)],
  ['integratedLoudness', 'sampleRate', 'sampleRateHz', (options) => integratedLoudness(samples, options)],
  ['createLoudnessMeter', 'weights', 'channelWeights', (options) => createLoudnessMeter(options)],
  ['griffinLim', 'n_iter', 'iterations', (options) => griffinLim(samples, options)],
  ['griffinLim', 'hop_length', 'hopSize', (options) => griffinLim(samples, options)],
  ['melToMagnitude', 'sr', 'sampleRateHz', (options) => melToMagnitude(mel, options)],
  ['melToWaveform', 'n_fft', 'fftSize', (options) => melToWaveform(mel, options)],
  ['soundToWaveform', 'iteration', 'iterations', (options) => soundToWaveform(samples, { floorDb: -80, ceilingDb: 0 }, options)],
];

describe.each(CALLS)('%s', (name, typed, meant, call) => {
  it(`refuses ${typed} and names ${meant}`, async () => {
    const run = async () => call({ [typed]: 1 } as never);
    await expect(run()).rejects.toThrow(
      new RegExp(`^${name}: options must be among .*, got ${typed} \\(did you mean ${meant}\\?\\)$`),
    );
  });
});

describe('a value that an option does not accept', () => {
  it.each<[string, () => unknown]>([
    ["decodeAudio: damaged must be 'error' or 'accept', got ignore", () => decodeAudio(bytes, { damaged: 'ignore' as 'accept' })],
    [
      "readWav: truncated must be 'error' or 'accept', got true",
      () => readWav(bytes, { truncated: true as unknown as 'accept' }),
    ],
    ["streamWav: truncated must be 'error' or 'accept', got no", () => streamWav(bytes, { truncated: 'no' as 'error' }).next()],
    ['decodeAudio: maxSamples must be positive, got 0', () => decodeAudio(bytes, { maxSamples: 0 })],
    ['resample: fromHz must be a positive integer, got 0', () => resample(samples, { fromHz: 0, toHz: 1 })],
    ['integratedLoudness: options must be an object', () => integratedLoudness(samples, 8000 as never)],
    ['soundToWaveform: iterations must be an integer of at least 0, got -1', () => soundToWaveform(samples, { floorDb: 0, ceilingDb: 1 }, { iterations: -1 })], // prettier-ignore
  ])('%s', async (message, call) => {
    await expect((async () => call())()).rejects.toThrow(message);
  });
});
