import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { runFolder, type StepRecord, type TrainingRun } from '@cmcgan/training/node';
import { storeTinyRun } from '../../test/store-tiny-run';
import { temporaryFolder } from '../../../../test/temporary-folder';
import { bytesField, floatField, intField, message } from '../../../../packages/training/src/node/tensorboard/protobuf';
import { createTensorboardObserver } from './tensorboard-observer';

const folder = join(temporaryFolder('tensorboard-observer'), 'run');
const training = {
  stepsPerEpoch: 3,
  learningRates: () => ({ generator: 0.5, discriminator: 0.25 }),
} as unknown as TrainingRun;
const record = (step: number): StepRecord => ({
  ...{ step, epoch: 1, stepMs: 500, pairsPerSecond: 32, residentBytes: 3 * 2 ** 20 },
  losses: { discriminator: { total: 1.5 }, generator: { total: 2, adversarial: 0.5 } },
});
const position = (step: number) => ({ step, epoch: 0, epochStep: step, trainedMs: 0 });

/** Runs one session of a run, from `first` steps taken to the end of the epoch at `last`. Returns the content of its event file. */
async function session(first: number, last: number, second: number): Promise<Buffer> {
  const observer = createTensorboardObserver({ folder: runFolder(folder) }, () => second * 1000);
  await observer.start?.(training, position(first));
  for (let step = first + 1; step <= last; step++) await observer.afterStep?.(training, position(step), record(step));
  await observer.afterEpoch?.(training, position(last));
  await observer.finish?.(training, position(last), 'complete');
  return readFileSync(
    join(
      folder,
      readdirSync(folder)
        .filter((name) => name.includes('tfevents'))
        .sort()
        .at(-1)!,
    ),
  );
}

let [begun, resumed]: Buffer[] = [];
beforeAll(async () => {
  await storeTinyRun(folder);
  begun = await session(0, 3, 1_700_000_000);
  resumed = await session(2, 3, 1_700_000_100);
});

const scalar = (tag: string, value: number) => message(bytesField(1, tag), floatField(2, value));

it.each([
  ['discriminator/total', 1.5],
  ['generator/adversarial', 0.5],
  ['learning_rate/generator', 0.5],
  ['learning_rate/discriminator', 0.25],
  ['speed/step_ms', 500],
  ['speed/pairs_per_second', 32],
  ['memory/resident_mib', 3],
])('writes %s at each step', (tag, value) => expect(begun.includes(scalar(tag, value))).toBe(true));

it('writes the grids and the sounds of the epoch, and the true sounds once', () => {
  const grid = readFileSync(join(folder, 'samples', 'sound-to-image', 'epoch-001.jpg'));
  expect(begun.includes(grid)).toBe(true);
  expect(begun.includes('samples/pictures_from_sounds')).toBe(true);
  expect(begun.includes('generated_sound/double_bass')).toBe(true);
  expect([begun, resumed].map((bytes) => bytes.includes('true_sound/double_bass'))).toEqual([true, false]);
});

it('begins a new file where a run is resumed, which makes void what was written of the steps after', () => {
  const restartAt = (step: number) => message(intField(2, step), bytesField(7, intField(1, 1)));
  expect(readdirSync(folder).filter((name) => name.includes('tfevents'))).toHaveLength(2);
  expect(begun.includes(restartAt(1))).toBe(true);
  expect(resumed.includes(restartAt(3))).toBe(true);
});
