// Runs the README's first example as a user would: in a project of its own, on the built package.
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { readWav, writeWav } from '@cmcgan/audio-features';
import { decodeImage, encodeJpeg } from '@cmcgan/image-io';
import { saveModel } from '@cmcgan/model/node';
import '@tensorflow/tfjs-backend-cpu';
import { setBackend } from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/temporary-folder';
import { createGivenNetwork, GIVEN_PICTURE, risingTone } from './given';

const packageFolder = fileURLToPath(new URL('..', import.meta.url));
const folder = temporaryFolder('cmcgan-readme');
const inFolder = (name: string) => join(folder, name);

it("the README's first example runs, and prints nothing", async () => {
  const [, code] = /^```ts\n([\s\S]*?)^```/m.exec(readFileSync(join(packageFolder, 'README.md'), 'utf8'))!;
  writeFileSync(inFolder('example.mjs'), code!);
  mkdirSync(inFolder('node_modules'));
  symlinkSync(packageFolder, inFolder('node_modules/cmcgan'), 'junction');
  await setBackend('cpu');
  await saveModel(createGivenNetwork(), inFolder('runs/laptop'));
  writeFileSync(inFolder('violinist.jpg'), await encodeJpeg(GIVEN_PICTURE));
  writeFileSync(inFolder('trumpet.mp3'), writeWav({ samples: risingTone(30_000), sampleRateHz: 44_100 })); // formats are told by content

  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['example.mjs'], { cwd: folder });
  expect(stdout + stderr).toBe('');
  const { samples, sampleRateHz } = readWav(readFileSync(inFolder('violinist.wav')));
  expect([samples.length, samples[0].length, sampleRateHz]).toEqual([1, 88_200, 44_100]);
  expect(await decodeImage(readFileSync(inFolder('trumpet.png')), { size: 'original' })).toMatchObject({
    width: 128,
    height: 128,
  });
});
