import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
import { removeReleased, showReleased } from './show-released';

const folder = join(temporaryFolder('released'), 'a-run');
const inRun = join(folder, 'released');
const notes: string[] = [];
const start = (releasedFirst: 'yes' | 'no' = 'yes') => {
  const progress = { note: (line: string) => void notes.push(line), status: () => {} };
  return showReleased({ options: { releasedFirst }, folder: runFolder(folder), progress } as unknown as Run);
};
const report = () => readFileSync(join(folder, 'report.html'), 'utf8');
const sections = (page: string) => [...page.matchAll(/<section id="([a-z-]+)">/g)].map(([, id]) => id);
let released: Released;
let tensors: number;
let firstPage: string;

beforeAll(async () => {
  await setBackend('cpu');
  tensors = memory().numTensors;
  await start('no');
  expect(existsSync(folder)).toBe(false);
  await start();
  firstPage = report();
  await storeTinyRun(folder);
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

it('is a page of its own until the run has begun', () => {
  expect(sections(firstPage)).toEqual(['released']);
  expect(firstPage).toContain('Being prepared.');
  expect(firstPage.match(/>given: a sound</g)).toHaveLength(6);
});

it('opens the report of the run, and is not repeated', async () => {
  await start();
  expect(notes).toHaveLength(1);
  const page = readFileSync(await writeReport(folder, { writtenAt: new Date(0) }), 'utf8');
  expect(sections(page).slice(0, 2)).toEqual(['released', 'result']);
  expect(page.match(/>given: a sound</g)).toHaveLength(6);
  expect(page).toContain('double bass');
});

it('is made up for in a run that is resumed without it', async () => {
  rmSync(inRun, { recursive: true });
  await start();
  expect(notes).toHaveLength(2);
  expect(sections(report()).slice(0, 2)).toEqual(['released', 'result']);
});

it('is a warning if it fails, not the end of the run', async () => {
  rmSync(inRun, { recursive: true });
  writeFileSync(inRun, 'a file where the folder should be');
  await start();
  expect(notes.at(-1)).toMatch(/^warning: the released weights could not be shown: .*released/);
});

it('is removed if the run could not be started', async () => {
  await removeReleased(runFolder(folder));
  expect([existsSync(inRun), existsSync(join(folder, 'report.html'))]).toEqual([false, false]);
});
