import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import { readWav } from '@cmcgan/audio-features';
import { decodeImage } from '@cmcgan/image-io';
import { runFolder } from '@cmcgan/training/node';
import { memory, setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { storeTinyRun } from '../../test/store-tiny-run';
import { temporaryFolder } from '../../../../test/temporary-folder';
import { writeReport } from '../report/write-report';
import type { Run } from '../training/run';
import { readReleased, releasedFiles, type Released } from './released-files';
import { createReleasedObserver } from './released-observer';

const folder = join(temporaryFolder('released'), 'a-run');
const inRun = join(folder, 'released');
const notes: string[] = [];
const observerWith = (releasedFirst: 'yes' | 'no') => {
  const progress = { note: (line: string) => void notes.push(line), status: () => {} };
  return createReleasedObserver({ options: { releasedFirst }, folder: runFolder(folder), progress } as unknown as Run);
};
const start = async () => observerWith('yes')!.start!(undefined as never, undefined as never);
let released: Released;
let tensors: number;

beforeAll(async () => {
  await setBackend('cpu');
  await storeTinyRun(folder);
  tensors = memory().numTensors;
  await start();
  released = (await readReleased(inRun))!;
}, 600_000);

it('restores the picture of a sound and the sound of a picture, and frees the model', async () => {
  expect(released.pairs.map(({ instrument }) => instrument)).toEqual([
    'violin',
    'double_bass',
    'flute',
    'sax',
    'trumpet',
    'tuba',
  ]);
  for (const { instrument } of released.pairs) {
    const files = releasedFiles(inRun, instrument);
    for (const path of [files.picture, files.pictureFromSound]) {
      expect(await decodeImage(readFileSync(path), { size: 'original' })).toMatchObject({ width: 128, height: 128 });
    }
    const [given, generated] = [files.sound, files.soundFromPicture].map((path) => readWav(readFileSync(path)).samples[0]);
    expect([given.length, generated.length]).toEqual([22_050, 22_050]);
    expect(generated).not.toEqual(given);
  }
  expect(existsSync(join(inRun, 'simulated-data'))).toBe(false);
  expect(memory().numTensors).toBe(tensors);
});

it('is recognised by the released classifiers', () => {
  const right = released.pairs.filter(({ instrument, bySound }) => bySound.className === instrument);
  expect(right.length).toBeGreaterThanOrEqual(5); // of six pairs that nothing was trained on
});

it('says where to look, once the report is there', () => {
  expect(notes).toHaveLength(1);
  expect(notes[0]).toContain(
    `the released weights have restored 6 pictures and 6 sounds, on top of ${join(folder, 'report.html')}`,
  );
});

it('opens the report, and is not repeated when the run is resumed', async () => {
  await start();
  expect(notes).toHaveLength(1);
  const page = readFileSync(await writeReport(folder, { writtenAt: new Date(0) }), 'utf8');
  const [first, second] = [...page.matchAll(/<section id="([a-z-]+)">/g)].map(([, id]) => id);
  expect([first, second]).toEqual(['released', 'result']);
  expect(page.match(/>given: a sound</g)).toHaveLength(6);
  expect(page).toContain('double bass');
});

it('is only asked for by the preset quickstart', () => {
  expect(observerWith('no')).toBeNull();
});

it('is a warning if it fails, not the end of the run', async () => {
  rmSync(inRun, { recursive: true });
  rmSync(join(folder, 'config.json')); // the report cannot be written
  await start();
  expect(notes.at(-1)).toMatch(/^warning: the released weights could not be shown: .*config\.json/);
});
