import '@tensorflow/tfjs-backend-cpu';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  logMelSpectrum,
  lmsToSound,
  playbackGainDb,
  readWav,
  soundToWaveform,
  toPlayback,
  writeWav,
} from '@cmcgan/audio-features';
import { decodeImage, encodePng, fitPixels, imageToPixels, pixelsToImage } from '@cmcgan/image-io';
import { createChenGan } from '@cmcgan/model';
import { saveModel } from '@cmcgan/model/node';
import { createRandom } from '@cmcgan/random';
import { memory, setBackend, tensor4d } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/temporary-folder';
import { createGivenNetwork, GIVEN_PICTURE, GIVEN_RANGE, risingTone } from '../test/given';
import { load, type Model, type PictureInput, type SoundInput } from './index';

const folder = temporaryFolder('cmcgan-model');
const inFolder = (name: string) => join(folder, name);
const network = createGivenNetwork();
let model: Model;
let png: Uint8Array;
const waveform = risingTone(22_050);
const wav = writeWav({ samples: waveform, sampleRateHz: 44_100 });

beforeAll(async () => {
  await setBackend('cpu');
  await saveModel(network, inFolder('model'));
  model = await load(inFolder('model'));
  png = await encodePng(GIVEN_PICTURE);
  writeFileSync(inFolder('given.png'), png);
  writeFileSync(inFolder('given.wav'), wav);
  writeFileSync(inFolder('notes.txt'), 'neither a picture nor a sound');
});
afterAll(() => model.dispose());

/** The latents of one sample for two decoder passes, from a seed. */
const latentsOf = (seed: number, passes: readonly string[]) =>
  passes.map((pass) => {
    const random = createRandom(seed).fork(`latent ${pass}`);
    return tensor4d(Float32Array.from({ length: 4 }, () => random.normal()), [1, 1, 1, 4]); // prettier-ignore
  });

/** As a File, which Node 20 has in node:buffer only. */
const fileOf = (bytes: Uint8Array, name: string) => Object.assign(new Blob([bytes as Uint8Array<ArrayBuffer>]), { name });

const rgba = {
  data: Uint8ClampedArray.from({ length: 40 * 30 * 4 }, (_, i) =>
    i % 4 === 3 ? 255 : GIVEN_PICTURE.pixels[3 * Math.floor(i / 4) + (i % 4)],
  ),
  ...{ width: 40, height: 30, colorSpace: 'srgb' as const },
};

describe('pictureToSound', () => {
  it('gives half a second, as the network makes it from the latents of the seed', async () => {
    const image = tensor4d(pixelsToImage(fitPixels(GIVEN_PICTURE).pixels), [1, 128, 128, 3]);
    const sound = network.generateSound(image, latentsOf(7, ['VV', 'VVA']));
    const waveform = soundToWaveform(await sound.data<'float32'>(), GIVEN_RANGE, { seed: 7 });
    const expected = toPlayback(waveform, 0).samples;
    const { samples, sampleRateHz, gainDb } = await model.pictureToSound(GIVEN_PICTURE, { seed: 7, gainDb: 0 });
    expect(gainDb).toBe(0);
    expect(sampleRateHz).toBe(44_100);
    expect(samples).toEqual(expected);
    expect(Math.max(...samples)).toBeGreaterThan(0.01); // otherwise any silence would pass
  });

  it('goes directly on request', async () => {
    const image = tensor4d(pixelsToImage(fitPixels(GIVEN_PICTURE).pixels), [1, 128, 128, 3]);
    const sound = network.generateSound(image, latentsOf(7, ['VA']), { output: 'direct' });
    const waveform = soundToWaveform(await sound.data<'float32'>(), GIVEN_RANGE, { seed: 7 });
    const { samples } = await model.pictureToSound(GIVEN_PICTURE, { seed: 7, gainDb: 0, output: 'direct' });
    expect(samples).toEqual(toPlayback(waveform, 0).samples);
  });

  it('amplifies a sound by the gain of the model, which it states, and by another on request', async () => {
    const { samples: asIs } = await model.pictureToSound(GIVEN_PICTURE, { gainDb: 0 });
    for (const options of [{}, { gainDb: 6.0206 }, { gainDb: -20 }]) {
      const { samples, gainDb } = await model.pictureToSound(GIVEN_PICTURE, options);
      expect(gainDb).toBeCloseTo(options.gainDb ?? playbackGainDb(GIVEN_RANGE), 6);
      const loudest = asIs.reduce((best, value, n) => (Math.abs(value) > Math.abs(asIs[best]) ? n : best), 0);
      expect(20 * Math.log10(samples[loudest] / asIs[loudest])).toBeCloseTo(gainDb, 4);
    }
  });

  it('shows the same spectrogram whatever the gain', async () => {
    const [a, b] = [0, -12].map((gainDb) => model.pictureToSound(GIVEN_PICTURE, { gainDb }));
    const [quiet, loud] = [(await a).spectrogram().pixels, (await b).spectrogram().pixels];
    expect(Math.max(...quiet.map((value, i) => Math.abs(value - loud[i])))).toBeLessThanOrEqual(1);
  });

  it.each<[string, () => PictureInput]>([
    ['a path', () => inFolder('given.png')],
    ['a file URL', () => pathToFileURL(inFolder('given.png'))],
    ['a data URL', () => `data:image/png;base64,${Buffer.from(png).toString('base64')}`],
    ['a Buffer', () => Buffer.from(png)],
    ['an ArrayBuffer', () => png.slice().buffer],
    ['a view of other bytes', () => new DataView(Uint8Array.from([1, 2, ...png]).buffer, 2)],
    ['a Blob', () => new Blob([png as Uint8Array<ArrayBuffer>])],
    ['a Response', () => new Response(png as Uint8Array<ArrayBuffer>)],
    ['ImageData', () => rgba],
  ])('takes %s', async (_, input) => {
    const expected = await model.pictureToSound(GIVEN_PICTURE);
    const { samples } = await model.pictureToSound(input());
    expect(samples).toEqual(expected.samples);
  });

  it.each([
    [0.2, 8_820],
    [0.5, 22_050],
    [1.2345, 54_441],
    [3, 132_300],
  ])('gives exactly %d seconds', async (seconds, count) => {
    const { samples, wav } = await model.pictureToSound(GIVEN_PICTURE, { seconds });
    expect(samples.length).toBe(count);
    expect(samples.every((value) => Math.abs(value) <= 1)).toBe(true);
    expect(readWav(wav())).toMatchObject({ sampleRateHz: 44_100, samples: [{ length: count }] });
  });

  it('draws other latents for each part of a long sound', async () => {
    const { samples } = await model.pictureToSound(GIVEN_PICTURE, { seconds: 2 });
    const levels = (start: number) => logMelSpectrum(samples.slice(start, start + 10_000)).data;
    const [first, third] = [levels(4_000), levels(4_000 + 2 * 16_384)];
    expect(Math.max(...first.map((value, i) => Math.abs(value - third[i])))).toBeGreaterThan(3);
  });

  it('shows the sound as a spectrogram', async () => {
    const sound = await model.pictureToSound(GIVEN_PICTURE);
    const picture = sound.spectrogram();
    expect([picture.width, picture.height]).toEqual([132, 256]);
    expect(await decodeImage(await picture.png(), { size: 'original' })).toEqual({
      pixels: picture.pixels,
      width: 132,
      height: 256,
    });
  });

  it.each<[string, () => unknown, object, string]>([
    ['a text', () => inFolder('notes.txt'), {}, `pictureToSound: ${inFolder('notes.txt')} must be a JPEG, PNG`],
    ['a sound', () => fileOf(wav, 'given.wav'), {}, 'pictureToSound: given.wav must be a JPEG, PNG'],
    ['half a file', () => png.subarray(0, 500), {}, 'pictureToSound: the picture must be a whole, undamaged picture'],
    ['nothing there', () => inFolder('none.png'), {}, `pictureToSound: ${inFolder('none.png')} does not exist`],
    ['a folder', () => folder, {}, `pictureToSound: ${folder} is a folder where a file should be`],
    ['nothing', () => undefined, {}, 'pictureToSound: picture must be given, got undefined'],
    ['a number', () => 3, {}, "pictureToSound: picture must be a path, a URL, a file's contents or pixels, got 3"],
    [
      'an array',
      () => [1],
      {},
      "pictureToSound: picture must be a path, a URL, a file's contents or pixels, got a value of type",
    ],
    ['too few pixels', () => ({ ...GIVEN_PICTURE, width: 41 }), {}, 'pictureToSound: pixels must hold 30·41·3 = 3690 values'],
    [
      'seconds 0',
      () => GIVEN_PICTURE,
      { seconds: 0 },
      'pictureToSound: seconds must be a number of seconds above 0, and at most 120, got 0',
    ],
    ['an hour', () => GIVEN_PICTURE, { seconds: 3600 }, 'at most 120, got 3600'],
    ['a gain in words', () => GIVEN_PICTURE, { gainDb: 'loud' }, 'gainDb must be a number of dB, at most 100, got "loud"'],
    ['a gain of 200 dB', () => GIVEN_PICTURE, { gainDb: 200 }, 'gainDb must be a number of dB, at most 100, got 200'],
    ['a way in other words', () => GIVEN_PICTURE, { output: 'V→A' }, 'output must be one of pathEnd, direct, got "V→A"'],
    ['NaN seconds', () => GIVEN_PICTURE, { seconds: NaN }, 'at most 120, got NaN'],
    ['a negative seed', () => GIVEN_PICTURE, { seed: -1 }, 'pictureToSound: seed must be a whole number of at least 0, got -1'],
    [
      'another option',
      () => GIVEN_PICTURE,
      { length: 2 },
      'pictureToSound: options must be among seed, output, signal, seconds, gainDb, got length',
    ],
  ])('refuses %s in one sentence', async (_, input, options, message) => {
    const refusal = model.pictureToSound(input() as PictureInput, options);
    await expect(refusal).rejects.toThrow(message);
    await expect(refusal).rejects.toThrow(/^[^\n]+$/);
  });
});

describe('soundToPicture', () => {
  it('gives the picture that the network makes from the latents of the seed', async () => {
    const sound = lmsToSound(logMelSpectrum(waveform).data, GIVEN_RANGE); // [128, 32]
    const image = network.generateImage(tensor4d(sound, [1, 128, 32, 1]), latentsOf(1, ['AA', 'AAV']));
    const picture = await model.soundToPicture({ samples: waveform, sampleRateHz: 44_100 });
    expect([picture.width, picture.height, picture.startSeconds]).toEqual([128, 128, 0]);
    expect(picture.pixels).toEqual(imageToPixels(await image.data<'float32'>()));
    expect(Math.max(...picture.pixels) - Math.min(...picture.pixels)).toBeGreaterThan(50);
    expect((await decodeImage(await picture.png())).pixels).toEqual(picture.pixels);
    expect([...(await picture.jpeg()).subarray(0, 2)]).toEqual([0xff, 0xd8]);
  });

  it('goes directly on request, in all that generates a picture', async () => {
    const sound = lmsToSound(logMelSpectrum(waveform).data, GIVEN_RANGE); // [128, 32]
    const image = network.generateImage(tensor4d(sound, [1, 128, 32, 1]), latentsOf(1, ['AV']), { output: 'direct' });
    const expected = imageToPixels(await image.data<'float32'>());
    const given = { samples: waveform, sampleRateHz: 44_100 };
    const [pictures, pair] = [
      await model.soundToPictures(given, { output: 'direct' }),
      await model.restore({ sound: given }, { output: 'direct' }),
    ];
    expect((await model.soundToPicture(given, { output: 'direct' })).pixels).toEqual(expected);
    expect(pictures.map(({ pixels }) => pixels)).toEqual([expected]);
    expect(pair.picture.pixels).toEqual(expected);
  });

  it.each<[string, () => SoundInput]>([
    ['a path', () => inFolder('given.wav')],
    ['a Buffer', () => Buffer.from(wav)],
    ['an ArrayBuffer', () => wav.slice().buffer],
    ['a Blob', () => new Blob([wav as Uint8Array<ArrayBuffer>])],
    ['two channels', () => ({ samples: [waveform, waveform], sampleRateHz: 44_100 })],
    ['an AudioBuffer', () => ({ numberOfChannels: 1, sampleRate: 44_100, getChannelData: () => waveform })],
  ])('takes %s', async (_, input) => {
    const expected = await model.soundToPicture({ samples: waveform, sampleRateHz: 44_100 });
    const { pixels } = await model.soundToPicture(input());
    expect(Math.max(...pixels.map((value, i) => Math.abs(value - expected.pixels[i])))).toBeLessThanOrEqual(2); // 16 bits
  });

  it('takes another sample rate', async () => {
    const samples = Float32Array.from({ length: 24_000 }, (_, n) => 0.5 * Math.sin(0.03 * n));
    const same = Float32Array.from({ length: 22_050 }, (_, n) => 0.5 * Math.sin((0.03 * 48_000 * n) / 44_100));
    const [a, b] = [await model.soundToPicture({ samples, sampleRateHz: 48_000 }), await model.soundToPicture({ samples: same, sampleRateHz: 44_100 })]; // prettier-ignore
    const difference = a.pixels.reduce((sum, value, i) => sum + Math.abs(value - b.pixels[i]), 0) / a.pixels.length;
    expect(difference).toBeLessThan(8);
  });

  it('takes the loudest half second of a long recording, and pads a short one', async () => {
    const long = new Float32Array(100_000).map((_, n) => 0.001 * Math.sin(n));
    long.set(waveform, 44_100);
    const picture = await model.soundToPicture({ samples: long, sampleRateHz: 44_100 });
    expect(picture.startSeconds).toBe(1);
    const short = risingTone(10_000);
    const padded = new Float32Array(22_050);
    padded.set(short);
    const [a, b] = await Promise.all([short, padded].map((samples) => model.soundToPicture({ samples, sampleRateHz: 44_100 })));
    expect(a.pixels).toEqual(b.pixels);
  });

  it.each<[string, () => unknown, string]>([
    ['a picture', () => inFolder('given.png'), `soundToPicture: ${inFolder('given.png')} must be WAV, AIFF, FLAC`],
    ['an empty file', () => new Uint8Array(0), 'soundToPicture: the sound must be WAV, AIFF, FLAC'],
    [
      'no samples',
      () => ({ samples: new Float32Array(0), sampleRateHz: 44_100 }),
      'the sound must hold at least one sample, got 0',
    ],
    [
      'NaN',
      () => ({ samples: Float32Array.of(0, NaN), sampleRateHz: 44_100 }),
      'the sound must hold finite samples, got NaN at sample 1',
    ],
    [
      'silence',
      () => ({ samples: new Float32Array(44_100), sampleRateHz: 44_100 }),
      'the sound must be audible, but all of its spectrum lies below -50 dB',
    ],
    [
      'samples alone',
      () => waveform,
      'sound must be { samples, sampleRateHz } where samples are given, got a Float32Array alone',
    ],
    ['no rate', () => ({ samples: waveform, sampleRateHz: 0 }), 'soundToPicture: sampleRateHz must be positive, got 0'],
    ['no sound', () => null, 'soundToPicture: sound must be given, got null'],
    ['another object', () => ({ waveform }), 'or an AudioBuffer, got an object with waveform'],
  ])('refuses %s in one sentence', async (_, input, message) => {
    await expect(model.soundToPicture(input() as SoundInput)).rejects.toThrow(message);
  });
});

describe('soundToPictures', () => {
  it('gives for each half second the picture that soundToPicture gives for it alone', async () => {
    const samples = risingTone(22_050 * 17 + 5_000); // more than one batch, and a rest that is left out
    const pictures = await model.soundToPictures({ samples, sampleRateHz: 44_100 });
    expect(pictures.map(({ startSeconds }) => startSeconds)).toEqual(Array.from({ length: 17 }, (_, i) => i / 2));
    for (const i of [0, 16]) {
      const alone = await model.soundToPicture({ samples: samples.slice(i * 22_050, (i + 1) * 22_050), sampleRateHz: 44_100 });
      expect(pictures[i].pixels).toEqual(alone.pixels);
    }
  });
});

describe('a model', () => {
  it('gives the same for the same seed, also in several calls at once, and keeps no tensors', async () => {
    const before = memory().numTensors;
    const call = (seed: number) => model.pictureToSound(GIVEN_PICTURE, { seed });
    const [a, b, c] = await Promise.all([call(1), call(2), call(1)]);
    const again = await call(2);
    expect(a.samples).toEqual(c.samples);
    expect(b.samples).toEqual(again.samples);
    expect(a.samples).not.toEqual(b.samples);
    expect(memory().numTensors).toBe(before);
  });

  it('names its classes and its backend', () => {
    expect([model.classNames, model.backend]).toEqual([['flute', 'horn'], 'cpu']);
  });

  it('of one direction refuses the other', async () => {
    const oneWay = createChenGan({ from: 'A', feature: 'learnt', width: 1 / 32, seed: 1, decibelRange: GIVEN_RANGE });
    await saveModel(oneWay, inFolder('one-way'));
    const loaded = await load(inFolder('one-way'));
    expect((await loaded.soundToPicture(wav)).pixels.length).toBe(128 * 128 * 3);
    expect(loaded.ways).toEqual([{ from: 'A', output: 'direct', passes: ['AV'] }]);
    await expect(loaded.soundToPicture(wav, { output: 'pathEnd' })).rejects.toThrow(
      "soundToPicture: output must be 'direct', all that this model has, got 'pathEnd'",
    );
    await expect(loaded.pictureToSound(GIVEN_PICTURE)).rejects.toThrow(
      'pictureToSound: the model must be one that can turn pictures into sounds, but this one (chen) cannot',
    );
  });

  it('frees its tensors when it is disposed of, and then refuses to generate', async () => {
    const before = memory().numTensors;
    const other = await load(inFolder('model'));
    other.dispose();
    other.dispose();
    expect(memory().numTensors).toBe(before);
    await expect(other.pictureToSound(GIVEN_PICTURE)).rejects.toThrow(
      'pictureToSound: the model must not have been disposed of, but it has',
    );
  });
});
