import { cpSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { runCli, startCli } from './cli-process';
import { readLog } from './run-files';
import { temporaryFolder } from '../../../test/temporary-folder';
import { simulateTinyData } from './tiny-data';

const root = temporaryFolder('faults');
let data: string;

beforeAll(async () => {
  data = await simulateTinyData(root);
});

const trainWords = (out: string, words: readonly string[]) => ['--preset', 'quick', '--data', data, '--out', out, ...words];

describe('losses that training cannot continue from', () => {
  it('a loss that is NaN or infinite stops the run with one line that names the loss, step and batch', async () => {
    const out = join(root, 'no-number');
    const { exitCode, stderr } = await runCli(trainWords(out, ['--generator-learning-rate', '1e38']));
    expect(stderr).toMatch(
      /^trainer: the (generator|discriminator)'s \w+ loss is (NaN|Infinity) at step \d, in the batch of train\/\S+, train\/\S+, train\/\S+ and 1 more \(.*diverged\.json\); try a lower learning rate or another --seed; there was no checkpoint yet\n$/,
    );
    expect(exitCode).toBe(1);
    const { step, pairs } = JSON.parse(readFileSync(join(out, 'diverged.json'), 'utf8')) as { step: number; pairs: string[] };
    expect(step).toBe(readLog(out).length);
    expect(pairs).toHaveLength(4);
  });

  it('a loss that explodes stops the run, and the last good state is kept', async () => {
    const out = join(root, 'explodes');
    const words = ['--epochs', '100', '--discriminator-learning-rate', '50', '--checkpoint-minutes', '0.00001'];
    const { exitCode, stderr } = await runCli(trainWords(out, words));
    expect(stderr).toMatch(
      /^trainer: the \w+'s \w+ loss has exploded to \S+, beyond --loss-limit 1000, at step \d+, in the batch of .*; the last good checkpoint is .*last\n$/,
    );
    expect(exitCode).toBe(1);
    const { step } = JSON.parse(readFileSync(join(out, 'checkpoints/last/training.json'), 'utf8')) as { step: number };
    expect(step).toBe(readLog(out).length - 1);
  });
});

describe('data files that vanish during the run', () => {
  /** Trains on a copy of the data without caching it in memory, and removes its disk cache and some pictures meanwhile. */
  async function trainWithout(name: string, pictures: number) {
    const copy = join(root, `${name}-data`);
    cpSync(data, copy, { recursive: true });
    const words = ['--preset', 'quick', '--data', copy, '--out', join(root, name), '--epochs', '10000', '--data-memory', '0'];
    const trainer = startCli([...words, '--checkpoint-minutes', '0.00001', '--keep-every', '0']);
    await trainer.waitFor(/^epoch .* step /m);
    rmSync(join(copy, '.cmcgan-cache'), { recursive: true, maxRetries: 10 }); // the trainer may be adding a file
    for (const instrument of readdirSync(join(copy, 'img', 'train')).slice(0, pictures)) {
      rmSync(join(copy, 'img', 'train', instrument), { recursive: true });
    }
    return trainer;
  }

  it('one: the run continues without it, and says so', async () => {
    const trainer = await trainWithout('vanished', 1);
    await trainer.waitFor(/^warning: train\/bassoon\/\S+ is left out from now on: .*$/m);
    trainer.signal('SIGINT');
    const { exitCode, stdout, stderr } = await trainer.done;
    expect([exitCode, stderr]).toEqual([130, '']);
    expect(stdout).toContain('left out               1 pair that could no longer be read');
  });

  it('too many: the run stops, names the last and keeps what is trained', async () => {
    const { exitCode, stderr } = await (await trainWithout('all-vanished', 13)).done;
    expect(stderr).toMatch(
      /^trainer: .*at most 1 of the 13 pairs of the train split may become unreadable, got 2; the last: .*; the last good checkpoint is .*\n$/,
    );
    expect(exitCode).toBe(1);
  });
});

describe('two trainers', () => {
  it('the second is refused with the number of the first; after a kill -9 it may continue', async () => {
    const out = join(root, 'shared');
    const first = startCli(trainWords(out, ['--epochs', '10000', '--keep-every', '0', '--checkpoint-minutes', '0.00001']));
    await first.waitFor(/^epoch .* step /m);
    for (const words of [['--resume', out], trainWords(out, [])]) {
      const { exitCode, stderr } = await runCli(words);
      expect(stderr).toMatch(
        new RegExp(`^trainer: the run folder ${out} is in use by process ${first.pid}, since .*; wait for it`),
      );
      expect(exitCode).toBe(1);
    }
    first.signal('SIGKILL');
    await first.done;
    const { exitCode, stdout } = await runCli(['--resume', out, '--max-steps', '1']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Nothing left to do');
  });
});
