import '@tensorflow/tfjs-backend-cpu';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readWav, writeWav } from '@cmcgan/audio-features';
import { decodeImage } from '@cmcgan/image-io';
import { createCmcgan } from '@cmcgan/model';
import { saveModel } from '@cmcgan/model/node';
import { setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { runCli } from './cli-process';
import { temporaryFolder } from '../../../test/temporary-folder';
import { simulateTinyData } from './tiny-data';

const root = temporaryFolder('generate');
const run = join(root, 'run');
const encoded = fileURLToPath(new URL('../../../packages/audio-features/test/fixtures/encoded/', import.meta.url));
let picture: string;
let sound: string;

function firstFile(folder: string): string {
  return join(folder, readdirSync(folder)[0]);
}

beforeAll(async () => {
  const data = await simulateTinyData(root);
  picture = firstFile(join(data, 'img', 'validation', 'violin'));
  sound = firstFile(join(data, 'chunk', 'validation', 'violin'));
  const { stderr } = await runCli(['--preset', 'quick', '--max-steps', '1', '--data', data, '--out', run]);
  expect(stderr).toBe('');
});

const generateWith = (checkpoint: string, ...words: string[]) =>
  runCli(['generate', '--checkpoint', checkpoint, ...words], { cwd: root });
const generate = (...words: string[]) => generateWith(run, ...words);

/** Runs `generate`, which must succeed; returns its standard output. */
async function outputOf(...words: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await generate(...words);
  expect([exitCode, stderr]).toEqual([0, '']);
  return stdout;
}

/** Runs `generate`, which must fail with one line; returns that line. */
async function errorOf(...words: string[]): Promise<string> {
  const { exitCode, stderr } = await generate(...words);
  expect(exitCode).not.toBe(0);
  return stderr.trimEnd();
}

/** Writes a mono WAV file at 44.1 kHz. */
function wav(name: string, samples: Float32Array): string {
  writeFileSync(join(root, name), writeWav({ samples, sampleRateHz: 44_100 }));
  return name;
}

const tone = (seconds: number) => Float32Array.from({ length: seconds * 44_100 }, (_, i) => 0.5 * Math.sin(i / 10));

describe('generate', () => {
  it('turns a picture into half a second of sound and its spectrogram, in a folder that it creates', async () => {
    expect(await outputOf('--image', picture, '--out', 'new/folder/violin.wav')).toContain(join(root, 'new/folder/violin.wav'));
    const { samples, sampleRateHz } = readWav(readFileSync(join(root, 'new/folder/violin.wav')));
    expect([samples.length, samples[0].length, sampleRateHz]).toEqual([1, 22050, 44100]);
    expect(Math.max(...samples[0])).toBeGreaterThan(0);
    expect(existsSync(join(root, 'new/folder/violin.png'))).toBe(true);
  });

  it('amplifies the sound by the gain that it states, and by another on request', async () => {
    const heard = async (name: string, ...words: string[]) => {
      const stdout = await outputOf('--image', picture, '--out', name, ...words);
      const samples = readWav(readFileSync(join(root, name))).samples[0];
      const energy = samples.reduce((sum, value) => sum + value * value, 0);
      return { levelDb: 10 * Math.log10(energy), gainDb: Number(/amplified by (\S+) dB/.exec(stdout)![1]) };
    };
    const asIs = await heard('as-is.wav', '--gain', '0');
    expect(asIs.gainDb).toBe(0);
    for (const words of [[], ['--gain', '-6']]) {
      const { levelDb, gainDb } = await heard('amplified.wav', ...words);
      expect(gainDb).not.toBe(0);
      expect(Math.abs(levelDb - asIs.levelDb - gainDb)).toBeLessThan(0.2); // 16 bits
    }
    expect(await errorOf('--image', picture, '--out', 'x.wav', '--gain', 'loud')).toBe(
      'trainer: --gain must be a number of dB, at most 100, got loud',
    );
  });

  it('turns a sound into a picture, the same one again with the same seed', async () => {
    for (const name of ['one', 'again']) await outputOf('--sound', sound, '--out', `${name}.png`, '--seed', '3');
    const [one, again] = ['one', 'again'].map((name) => readFileSync(join(root, `${name}.png`)));
    expect(again).toEqual(one);
    expect((await decodeImage(one)).pixels).toHaveLength(128 * 128 * 3);
  });

  it('keeps the picture that it starts from where the spectrogram would take its name', async () => {
    cpSync(picture, join(root, 'own.png'));
    await outputOf('--image', 'own.png', '--out', 'own.wav');
    expect(readFileSync(join(root, 'own.png'))).toEqual(readFileSync(picture));
    expect(existsSync(join(root, 'own.spectrogram.png'))).toBe(true);
  });

  it.each([
    ['a.jpg', [0xff, 0xd8, 0xff]],
    ['a.JPEG', [0xff, 0xd8, 0xff]],
    ['a.webp', [0x52, 0x49, 0x46, 0x46]],
  ])('writes %s as its ending says', async (out, magic) => {
    await outputOf('--sound', sound, '--out', out);
    expect([...readFileSync(join(root, out)).subarray(0, magic.length)]).toEqual(magic);
  });

  it.each(['signal.mp3', 'signal.flac', 'signal.vorbis.ogg', 'signal.opus'])('hears %s', async (name) => {
    const file = join(encoded, name);
    expect(await outputOf('--sound', file, '--out', 'heard.png')).toMatch(
      new RegExp(`Read ${file} \\(.* s, \\d+ Hz, 2 channels\\)`),
    );
  });

  it('pads a sound that ends too soon with silence, and says so', async () => {
    const short = tone(0.2);
    const filled = new Float32Array(22_050);
    filled.set(short);
    const stdout = await outputOf('--sound', wav('short.wav', short), '--out', 'short.png');
    expect(stdout).toContain('Only 0.2 s follow from there: the rest of the half second is silence.');
    await outputOf('--sound', wav('filled.wav', filled), '--out', 'filled.png');
    expect(readFileSync(join(root, 'short.png'))).toEqual(readFileSync(join(root, 'filled.png')));
    expect(await outputOf('--sound', 'short.wav', '--at', '0.1', '--out', 'short.png')).toContain('Only 0.1 s follow from there');
    expect(await errorOf('--sound', 'short.wav', '--at', '0.2', '--out', 'late.png')).toBe(
      `trainer: --at 0.2 must lie before the end of ${root}/short.wav, which has 0.2 s`,
    );
  });

  it('warns of silence', async () => {
    const silence = wav('silence.wav', new Float32Array(44_100));
    expect(await outputOf('--sound', silence, '--out', 'silence.png')).toMatch(/^warning: this half second is silent, /m);
    expect(await outputOf('--sound', wav('tone.wav', tone(1)), '--out', 'tone.png')).not.toContain('silent');
  });

  it('names the supported formats for a file of another one, and writes nothing', async () => {
    writeFileSync(join(root, 'x.m4a'), Buffer.from('\0\0\0\x20ftypM4A \0\0\0\0', 'latin1'));
    const message = await errorOf('--sound', 'x.m4a', '--out', 'not-made/y.png');
    expect(message).toMatch(new RegExp(`^trainer: decodeAudio: ${root}/x\\.m4a must be WAV, .*FLAC.*, got `));
    expect(existsSync(join(root, 'not-made'))).toBe(false);
  });

  it.each(['--image', '--sound'])('names the folder that stands where %s wants a file', async (flag) => {
    mkdirSync(join(root, 'a-folder'), { recursive: true });
    const out = flag === '--image' ? 'z.wav' : 'z.png';
    expect(await errorOf(flag, 'a-folder', '--out', out)).toBe(`trainer: ${root}/a-folder is a folder where a file should be`);
  });

  it('names the file that can’t be written, not the temporary one next to it', async () => {
    mkdirSync(join(root, 'taken.png', 'inside'), { recursive: true });
    expect(await errorOf('--sound', sound, '--out', 'taken.png')).toBe(
      `trainer: ${root}/taken.png is a folder where a file should be`,
    );
  });

  it('names the flag that opens larger pictures', async () => {
    expect(await errorOf('--image', picture, '--max-pixels', '100', '--out', 'z.wav')).toBe(
      `trainer: ${picture} must have at most 100 pixels, got 128×128 = 16384; raise the limit with --max-pixels`,
    );
  });
});

describe('generate --checkpoint', () => {
  const checkpointOf = (path: string) => join(run, 'checkpoints', path);

  it('takes the best checkpoint of a run if a judge chose one, else the last, and says which, at which step and how to use another', async () => {
    const judged = join(root, 'judged');
    cpSync(run, judged, { recursive: true });
    cpSync(join(judged, 'checkpoints', 'last'), join(judged, 'checkpoints', 'best'), { recursive: true });
    const taken = async (folder: string) => (await generateWith(folder, '--image', picture, '--out', 'x.wav')).stdout;
    expect(await taken(run)).toContain(`Checkpoint: last in ${run}/checkpoints (step 1, epoch 0)`);
    expect(await taken(judged)).toContain(
      `Checkpoint: best in ${judged}/checkpoints (step 1, epoch 0); to use another (last): --checkpoint ${judged}/checkpoints/last`,
    );
    expect(await taken(join(judged, 'checkpoints', 'last'))).toContain(
      `Checkpoint: last in ${judged}/checkpoints (step 1, epoch 0)\n`,
    );
  });

  it.each([
    ['a saved model', (folder: string) => folder],
    ['its weights', (folder: string) => join(folder, 'model.safetensors')],
  ])('takes %s, and makes the same picture as with the checkpoint', async (_, path) => {
    const folder = join(root, 'saved');
    mkdirSync(folder, { recursive: true });
    for (const name of ['model.safetensors', 'config.json']) cpSync(join(checkpointOf('last'), name), join(folder, name));
    const { exitCode, stdout, stderr } = await generateWith(path(folder), '--sound', sound, '--out', 'saved.png');
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toContain(`Model: ${folder}`);
    await outputOf('--sound', sound, '--out', 'checkpoint.png');
    expect(readFileSync(join(root, 'saved.png'))).toEqual(readFileSync(join(root, 'checkpoint.png')));
  });

  it('takes the decibel range of an older checkpoint from its training.json, or of its run', async () => {
    const older = join(root, 'older');
    cpSync(run, older, { recursive: true });
    const last = join(older, 'checkpoints', 'last');
    const { decibelRange, sampleRateHz, classNames, ...config } = JSON.parse(
      readFileSync(join(last, 'config.json'), 'utf8'),
    ) as Record<string, unknown>;
    expect({ decibelRange, sampleRateHz, classNames }).toMatchObject({ decibelRange: { floorDb: -57.5 }, sampleRateHz: 44_100 });
    writeFileSync(join(last, 'config.json'), JSON.stringify(config));
    rmSync(join(last, 'training.json'));
    const { stdout } = await generateWith(older, '--sound', sound, '--out', 'older.png');
    expect(stdout).not.toContain('assumed');
    await outputOf('--sound', sound, '--out', 'newer.png');
    expect(readFileSync(join(root, 'older.png'))).toEqual(readFileSync(join(root, 'newer.png')));
  });

  it('says which decibel range it assumes for a model without one, and accepts another', async () => {
    await setBackend('cpu');
    const model = createCmcgan({ width: 1 / 64, latentSize: 2, seed: 1 });
    await saveModel(model, join(root, 'bare'));
    const bare = (...words: string[]) => generateWith('bare', '--sound', sound, '--out', 'bare.png', ...words);
    expect((await bare()).stdout).toMatch(/assuming -60 to 20 dB, .* set it with --decibel-range <floor,ceiling>\.$/m);
    const assumed = readFileSync(join(root, 'bare.png'));
    expect((await bare('--decibel-range', '-60,20')).stdout).not.toContain('assumed');
    expect(readFileSync(join(root, 'bare.png'))).toEqual(assumed);
    expect((await bare('--decibel-range', '20,-60')).stderr).toBe(
      'trainer: --decibel-range must be two numbers, the lower first, such as -60,20, got 20,-60\n',
    );
  });

  it('names the damaged file of a corrupt checkpoint', async () => {
    const corrupt = join(root, 'corrupt');
    cpSync(checkpointOf('last'), corrupt, { recursive: true });
    truncateSync(join(corrupt, 'model.safetensors'), 1000);
    const { exitCode, stderr } = await generateWith(corrupt, '--sound', sound, '--out', 'x.png');
    expect(stderr).toBe(
      `trainer: checkpoint file ${corrupt}/model.safetensors is damaged: its content is not what was saved (SHA-256 differs); ` +
        'take another checkpoint\n',
    );
    expect(exitCode).toBe(1);
  });

  it('says so when there is no checkpoint', async () => {
    const { exitCode, stderr } = await generateWith(join(root, 'none'), '--sound', sound, '--out', 'x.png');
    expect(stderr).toBe(
      `trainer: ${root}/none does not exist; --checkpoint takes a run folder, one of its checkpoints, or a folder with a model.safetensors\n`,
    );
    expect(exitCode).toBe(1);
  });
});
