import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createRandom } from '@cmcgan/sub-urmp';
import { expect, it } from 'vitest';
import { runCli, startCli } from './cli-process';
import { essenceOf, listFiles, readTraining } from './run-files';
import { temporaryFolder } from './temporary-folder';
import { simulateTinyData } from './tiny-data';

/** `CMCGAN_KILLS=50 npx vitest run apps/trainer/test/kills.test.ts` kills more often, CMCGAN_KILL_SEED at other moments. */
const KILLS = Number(process.env.CMCGAN_KILLS ?? 5);
const SEED = Number(process.env.CMCGAN_KILL_SEED ?? 1);

/** A checkpoint after every step, so that many kills fall into one being written. */
const EPOCHS = Math.max(2, Math.ceil(KILLS / 5));
const STEPS = 3 * EPOCHS;
const OPTIONS = ['--preset', 'quick', '--batch-size', '4', '--epochs', String(EPOCHS), '--checkpoint-minutes', '0.00001'];

const root = temporaryFolder('kills');

/** How far a run has come, between two renames too. */
function stepsOf(run: string): number {
  const saved = ['last', 'previous'].find((name) => existsSync(join(run, 'checkpoints', name, 'training.json')));
  return saved ? readTraining(run, saved).step : 0;
}

/**
 * Kills the training `KILLS` times at random moments of its life, going on with it each time. How long it lives follows from how far it
 * came so far, so that the kills spread over the whole training however busy the machine is.
 */
async function trainWithKills(start: readonly string[], run: string): Promise<void> {
  const random = createRandom(SEED).fork('kills');
  let lifeMs = 6000;
  for (let kills = 0, step = 0; kills < KILLS;) {
    const trainer = startCli(existsSync(join(run, 'config.json')) ? ['--resume', run] : start);
    const ended = await Promise.race([trainer.done, setTimeout(random.uniform() * lifeMs)]);
    if (ended) expect(ended, 'ended before it was killed').toMatchObject({ exitCode: 0, stderr: '' });
    else {
      trainer.signal('SIGKILL');
      await trainer.done;
      kills++;
    }
    const gained = stepsOf(run) - step;
    step += gained;
    lifeMs *= ended || gained > (STEPS - step) / (KILLS - kills + 1) ? 0.7 : 1.2;
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
