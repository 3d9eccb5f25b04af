import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createRandom } from '@cmcgan/random';
import { expect, it } from 'vitest';
import { runCli, startCli } from './cli-process';
import { essenceOf, listFiles, readTraining } from './run-files';
import { temporaryFolder } from '../../../test/temporary-folder';
import { simulateTinyData } from './tiny-data';

/** `CMCGAN_KILLS=50 npx vitest run apps/trainer/test/kills.test.ts` kills more often, CMCGAN_KILL_SEED at other moments. */
const KILLS = Number(process.env.CMCGAN_KILLS ?? 5);
const SEED = Number(process.env.CMCGAN_KILL_SEED ?? 1);

/** A checkpoint after every step, so that many kills fall into one being written. */
const EPOCHS = Math.max(2, Math.ceil(KILLS / 5));
const STEPS = 3 * EPOCHS;
const OPTIONS = ['--preset', 'quick', '--batch-size', '4', '--epochs', String(EPOCHS), '--checkpoint-minutes', '0.00001'];

const root = temporaryFolder('kills');

/** Progress of a run. While it runs, a checkpoint may be renamed at any moment. */
function stepsOf(run: string): number {
  for (const name of ['last', 'previous']) {
    try {
      return readTraining(run, name).step;
    } catch {
      // missing, or just renamed
    }
  }
  return 0;
}

/** Resolves after `lifeMs`, or shortly after the run has made as much progress as allowed in one life. */
async function lifeOf(
  run: string,
  { lifeMs, lastStep, lateMs }: { lifeMs: number; lastStep: number; lateMs: number },
): Promise<void> {
  const endMs = performance.now() + lifeMs;
  while (performance.now() < endMs) {
    await setTimeout(Math.min(20, endMs - performance.now()));
    if (stepsOf(run) >= lastStep) return setTimeout(lateMs);
  }
}

/**
 * Kills the training `KILLS` times at random moments and resumes it each time. The length of each life follows from the progress so far,
 * and the progress allowed in one life from what is left, so that the kills spread over the whole training, however busy the machine is.
 */
async function trainWithKills(start: readonly string[], run: string): Promise<void> {
  const random = createRandom(SEED).fork('kills');
  let lifeMs = 6000;
  for (let kills = 0, step = 0; kills < KILLS;) {
    const pace = (STEPS - step) / (KILLS - kills + 1);
    const trainer = startCli(existsSync(join(run, 'config.json')) ? ['--resume', run] : start);
    const life = { lifeMs: random.uniform() * lifeMs, lastStep: step + Math.ceil(2 * pace), lateMs: random.uniform() * 500 };
    const ended = await Promise.race([trainer.done, lifeOf(run, life)]);
    if (ended) expect(ended, 'ended before it was killed').toMatchObject({ exitCode: 0, stderr: '' });
    else {
      trainer.signal('SIGKILL');
      await trainer.done;
      kills++;
    }
    const gained = stepsOf(run) - step;
    step += gained;
    lifeMs *= ended || gained > pace ? 0.7 : 1.2;
  }
}

it(
  `a training that is killed at ${KILLS} random moments ends as the quiet one`,
  async () => {
    const data = await simulateTinyData(root);
    const [quiet, killed] = [join(root, 'quiet'), join(root, 'killed')];
    const words = (out: string) => [...OPTIONS, '--data', data, '--out', out];
    expect(await runCli(words(quiet))).toMatchObject({ exitCode: 0, stderr: '' });
    await trainWithKills(words(killed), killed);
    const { exitCode, stderr } = await runCli(existsSync(join(killed, 'config.json')) ? ['--resume', killed] : words(killed));
    expect([exitCode, stderr]).toEqual([0, '']);

    expect(essenceOf(killed)).toEqual(essenceOf(quiet));
    const kept = (run: string) => listFiles(run).filter((path) => !path.includes('tfevents'));
    expect(kept(killed)).toEqual(kept(quiet));
  },
  120_000 + KILLS * 60_000,
);
