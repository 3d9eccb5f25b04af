import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { RUN_START, type TrainingRun } from '@cmcgan/training/node';
import { temporaryFolder } from '../../../../test/temporary-folder';
import type { ObservedRun } from '../training/run-observer';
import { createReportObserver } from './report-observer';
import { storeTinyRun } from '../../test/store-tiny-run';

const root = temporaryFolder('report-observer');
let folder: string;
let notes: string[];
let clockMs: number;
let run: ObservedRun;
const training = {} as TrainingRun;

beforeEach(async () => {
  folder = join(root, 'run');
  rmSync(folder, { recursive: true, force: true });
  await storeTinyRun(folder);
  [notes, clockMs] = [[], 0];
  // a report takes 100 ms by this clock: it is read before and after
  const nowMs = () => (clockMs += 100);
  run = { folder: { path: folder }, nowMs, progress: { note: (line: string) => notes.push(line) } } as unknown as ObservedRun;
});

const report = () => join(folder, 'report.html');
const written = () => {
  const there = existsSync(report());
  rmSync(report(), { force: true });
  return there;
};

it('writes after the first epoch, then only when its time is a small share of the run, and at the end', async () => {
  const observer = createReportObserver(run);
  await observer.afterEpoch?.(training, RUN_START);
  expect(written()).toBe(true);
  await observer.afterEpoch?.(training, RUN_START);
  expect(written()).toBe(false);
  clockMs += 60_000;
  await observer.afterEpoch?.(training, RUN_START);
  expect(written()).toBe(true);
  await observer.finish?.(training, RUN_START, 'complete');
  expect(written()).toBe(true);
});

it('notes what kept it from writing, and the run goes on', async () => {
  writeFileSync(join(folder, 'samples', 'sound-to-image', 'epoch-002.jpg'), 'no picture');
  await createReportObserver(run).finish?.(training, RUN_START, 'complete');
  expect(notes).toEqual([expect.stringMatching(/^warning: the report could not be written: .*epoch-002\.jpg must be a/)]);
  rmSync(join(folder, 'samples'), { recursive: true });
  mkdirSync(report());
  await createReportObserver(run).finish?.(training, RUN_START, 'complete');
  expect(notes).toHaveLength(2);
});
