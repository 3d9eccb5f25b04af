// Runs the first example of the package's README and of the repository's as a user would: in a project of its own, on the built package.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
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
const folders = temporaryFolder('cmcgan-readme');

it.each(['README.md', '../../README.md'])('the first example of %s runs, and prints nothing', async (readme) => {
  const folder = mkdtempSync(join(folders, 'project-'));
  const inFolder = (name: string) => join(folder, name);
  const [, code] = /^```ts\n([\s\S]*?)^```/m.exec(readFileSync(join(packageFolder, readme), 'utf8'))!;
  writeFileSync(inFolder('example.mjs'), code!);
  mkdirSync(inFolder('node_modules'));
  symlinkSync(packageFolder, inFolder('node_modules/cmcgan'), 'junction');
  await setBackend('cpu');
  for (const place of ['runs/laptop', 'node_modules/@cmcgan/weights']) await saveModel(createGivenNetwork(), inFolder(place));
  writeFileSync(inFolder('violinist.jpg'), await encodeJpeg(GIVEN_PICTURE));
  writeFileSync(inFolder('cello.mp3'), writeWav({ samples: risingTone(30_000), sampleRateHz: 44_100 })); // formats are told by content

  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['example.mjs'], { cwd: folder });
  expect(stdout + stderr).toBe('');
  const { samples, sampleRateHz } = readWav(readFileSync(inFolder('violinist.wav')));
  expect([samples.length, samples[0].length, sampleRateHz]).toEqual([1, 88_200, 44_100]);
  expect(await decodeImage(readFileSync(inFolder('cello.png')), { size: 'original' })).toMatchObject({
    width: 128,
    height: 128,
  });
});
