// Runs the Node examples as a user would, on the built packages, which `npm test` builds first.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { logMelSpectrum, readWav, writeWav } from '@cmcgan/audio-features';
import { decodeImage, encodePng } from '@cmcgan/image-io';
import { loadModel, saveModel } from '@cmcgan/model/node';
import { setBackend } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../commands/run-command';
import { createGivenModel, expectedOf, GIVEN_PICTURE, GIVEN_WAVEFORM, largestDifference, meanDifference } from './expected';

const folder = mkdtempSync(join(tmpdir(), 'examples-'));
afterAll(() => rmSync(folder, { recursive: true }));

const modelFolder = join(folder, 'model');
const model = createGivenModel();
beforeAll(async () => {
  await setBackend('cpu');
  await saveModel(model, modelFolder);
});

/** Runs an example's program to its end in the test's folder; a non-zero exit code is an error that contains its output. */
function runExample(program: string, ...words: string[]): Promise<string> {
  const child = spawn(process.execPath, [join(ROOT, 'examples', program), ...words], { cwd: folder });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve(stdout) : reject(new Error(stderr))));
  });
}

describe('examples/node', () => {
  it('generates the same picture and sound as the cpu backend', async () => {
    writeFileSync(join(folder, 'given.wav'), writeWav({ samples: GIVEN_WAVEFORM, sampleRateHz: 44_100 }));
    writeFileSync(join(folder, 'given.png'), await encodePng(GIVEN_PICTURE));
    await runExample('node/main.js', '--sound', 'given.wav', '--image', 'given.png', '--model', modelFolder, '--out', 'made');
    const { pixels, levelsDb } = await expectedOf(model);

    const picture = await decodeImage(readFileSync(join(folder, 'made/picture.png')));
    expect([picture.width, picture.height]).toEqual([128, 128]);
    expect(Math.max(...pixels) - Math.min(...pixels)).toBeGreaterThan(100); // otherwise any picture would pass
    expect(largestDifference(picture.pixels, pixels)).toBeLessThanOrEqual(1);

    const { samples, sampleRateHz } = readWav(readFileSync(join(folder, 'made/sound.wav')));
    expect([sampleRateHz, samples.length, samples[0].length]).toEqual([44_100, 1, 22_050]);
    expect(meanDifference(logMelSpectrum(samples[0]).data, levelsDb)).toBeLessThan(0.1); // dB
  });

  it('needs no arguments', async () => {
    expect(await runExample('node/main.js')).toContain('out/picture.png and out/sound.wav written');
  });
});

describe('examples/fine-tune', () => {
  it('saves different weights of the same network and dB range, with what the data adds', async () => {
    await runExample('fine-tune/demo.js');
    const text = await runExample('fine-tune/fine-tune.js', 'out/weights', 'out/pairs', 'out/tuned');
    expect(text).toContain('step 9 of 9');
    const [before, after] = [await loadModel(join(folder, 'out/weights')), await loadModel(join(folder, 'out/tuned'))];
    const { classNames, sampleRateHz, ...config } = after.config;
    expect(config).toEqual(before.config);
    expect([classNames?.length, sampleRateHz]).toEqual([13, 44_100]);
    for (const name of ['encoderV.0.filter', 'decoderA.6.filter']) {
      const [from, to] = [before, after].map((each) => each.tensors()[name].dataSync<'float32'>());
      const moved = largestDifference(from, to);
      expect(moved, name).toBeGreaterThan(1e-5);
      expect(moved, name).toBeLessThan(1e-2); // nine steps of Adam at 1e-4
    }
  });

  it('prints its usage if a folder is left out', async () => {
    await expect(runExample('fine-tune/fine-tune.js', 'out/weights')).rejects.toThrow(
      'usage: node fine-tune.js <weights> <pairs>',
    );
  });
});

describe('examples/classify', () => {
  it('learns simulated instruments, and classifies sounds without a picture', async () => {
    const text = await runExample('classify/classify.js', '--generator', modelFolder);
    expect(Number(/validation: (\d+) % of 26 pairs/.exec(text)?.[1])).toBeGreaterThan(50); // by chance: 8
    expect(text.match(/^\S+: \w+, from the sound and a generated image$/gm)).toHaveLength(5);
  });
});
