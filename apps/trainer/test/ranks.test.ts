import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createRandom } from '@cmcgan/random';
import { simulateDataset } from '@cmcgan/sub-urmp/simulator';
import { beforeAll, describe, expect, it } from 'vitest';
import { hasMpi, MPI_ENVIRONMENT, mpirun } from '../../../test/extras/mpi';
import { temporaryFolder } from '../../../test/temporary-folder';
import { CLI, runCli } from './cli-process';
import { essenceOf, readTraining } from './run-files';

/** `CMCGAN_KILLS=20 npx vitest run apps/trainer/test/ranks.test.ts` kills more often, CMCGAN_KILL_SEED at other moments. */
const KILLS = Number(process.env.CMCGAN_KILLS ?? 1);
const SEED = Number(process.env.CMCGAN_KILL_SEED ?? 1);
const LIMIT_MS = 300_000;

const root = temporaryFolder('ranks');
let data: string;

/** 78 pairs: an epoch has nine steps of two passes of four pairs, or four steps of four passes. */
beforeAll(async () => {
  data = join(root, 'data');
  await simulateDataset(data, { seed: 1, pairsPerClass: 6, validationPairsPerClass: 1 });
});

const words = (out: string, ...others: string[]) => [
  ...['--preset', 'quick', '--width', '0.015625', '--batch-size', '4', '--epochs', '20', '--max-steps', '20'],
  ...['--threads', '1', '--judge', 'none', '--data', data, '--out', join(root, out), ...others],
];
const resuming = (out: string, ...others: string[]) => ['--resume', join(root, out), ...others];
const onRanks = (ranks: number, args: readonly string[]) =>
  mpirun(ranks, [process.execPath, CLI, ...args], { timeoutMs: LIMIT_MS });

/** The processes of a job that train, found below its mpirun. */
function trainersBelow(parent: number): number[] {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const [, own] = /\) \S (\d+)/.exec(readFileSync(`/proc/${name}/stat`, 'utf8')) ?? [];
        return Number(own) === parent ? [Number(name)] : [];
      } catch {
        return []; // it has ended
      }
    });
  const isTrainer = (pid: number) =>
    existsSync(`/proc/${pid}/cmdline`) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(CLI);
  return children.flatMap((pid) => {
    const below = trainersBelow(pid);
    return below.length > 0 || !isTrainer(pid) ? below : [pid];
  });
}

/** Starts a job whose ranks can be signalled one by one. */
function startJob(ranks: number, args: readonly string[]) {
  const child = spawn('mpirun', ['-n', String(ranks), process.execPath, CLI, ...args], {
    env: { ...process.env, ...MPI_ENVIRONMENT },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const done = new Promise<{ exitCode: number | null; output: string }>((resolve) =>
    child.on('close', (exitCode) => resolve({ exitCode, output })),
  );
  return { trainers: () => trainersBelow(child.pid!), done };
}

/** The steps that a run has saved. While it runs, a checkpoint may be renamed at any moment. */
function stepsOf(out: string): number {
  for (const name of ['last', 'previous']) {
    try {
      return readTraining(join(root, out), name).step;
    } catch {
      // missing, or just renamed
    }
  }
  return 0;
}

async function waitForStep(out: string, step: number): Promise<void> {
  while (stepsOf(out) < step) await setTimeout(50);
}

if (hasMpi('training on several ranks is not tested')) {
  describe('training under mpirun', () => {
    it.each([2, 4])(
      'on %d ranks equals --accumulate, to the bit, over 20 steps, resumed once in between',
      { timeout: 2 * LIMIT_MS },
      async (ranks) => {
        const [alone, together] = [`alone-${ranks}`, `together-${ranks}`];
        expect(await runCli(words(alone, '--accumulate', String(ranks)))).toMatchObject({ exitCode: 0 });
        const first = await onRanks(ranks, words(together, '--max-steps', '10'));
        expect(first.exitCode, first.stderr).toBe(0);
        expect(first.stdout.match(/Done: 10 steps/g)).toHaveLength(1);
        expect(await onRanks(ranks, resuming(together, '--max-steps', '20'))).toMatchObject({ exitCode: 0 });
        expect(readTraining(join(root, together)).step).toBe(20);
        expect(essenceOf(join(root, together))).toEqual(essenceOf(join(root, alone)));
      },
    );

    it('goes on with another number of ranks, which share the same passes', { timeout: LIMIT_MS }, async () => {
      expect(await onRanks(2, words('fewer', '--max-steps', '4'))).toMatchObject({ exitCode: 0 });
      expect(await runCli(resuming('fewer', '--max-steps', '8'))).toMatchObject({ exitCode: 0 });
      expect(readTraining(join(root, 'fewer')).step).toBe(8);
      const { exitCode, stderr } = await onRanks(3, resuming('fewer', '--max-steps', '12'));
      expect(exitCode).toBe(2);
      expect(stderr.match(/the run takes 2 passes per update, which 3 processes can't share; start at most 2/g)).toHaveLength(1);
    });

    it('refuses a rank that was started by another command, and names it', { timeout: LIMIT_MS }, async () => {
      const other = [':', '-n', '1', process.execPath, CLI, ...words('differing', '--seed', '2')];
      const { exitCode, stderr } = await onRanks(1, [...words('differing', '--seed', '1'), ...other]);
      expect(exitCode).toBe(1);
      expect(
        stderr.match(/trainer: all ranks must have the same command line, but rank 0 has .*, and rank 1 has .*/g),
      ).toHaveLength(1);
      expect(existsSync(join(root, 'differing'))).toBe(false);
    });

    it('reports a wrong flag once', { timeout: LIMIT_MS }, async () => {
      const { exitCode, stderr } = await onRanks(2, words('wrong', '--width', '-1'));
      expect(exitCode).toBe(2);
      expect(stderr.match(/trainer: --width/g)).toHaveLength(1);
    });

    it('stops all ranks after the same step where one gets SIGTERM, and saves', { timeout: LIMIT_MS }, async () => {
      const job = startJob(2, words('stopped', '--checkpoint-minutes', '0.00001'));
      await waitForStep('stopped', 2);
      process.kill(job.trainers()[1], 'SIGTERM');
      const { exitCode, output } = await job.done;
      expect(exitCode, output).toBe(130);
      expect(output).toMatch(/Stopped: \d+ steps/);
      const { step } = readTraining(join(root, 'stopped'));
      expect(step).toBeGreaterThanOrEqual(2);
      expect(await onRanks(2, resuming('stopped'))).toMatchObject({ exitCode: 0 });
      expect(essenceOf(join(root, 'stopped'))).toEqual(essenceOf(join(root, 'together-2')));
    });

    it(
      `ends as the quiet run where a random rank is killed, ${KILLS} times`,
      { timeout: LIMIT_MS + 60_000 * KILLS },
      async () => {
        const random = createRandom(SEED).fork('killed ranks');
        const steps = 10 * (KILLS + 1);
        const length = ['--epochs', String(steps), '--max-steps', String(steps)];
        expect(await runCli(words('quiet', ...length, '--accumulate', '2'))).toMatchObject({ exitCode: 0 });
        const start = words('killed', ...length, '--checkpoint-minutes', '0.00001');
        for (let kill = 1; kill <= KILLS; kill++) {
          const job = startJob(2, existsSync(join(root, 'killed', 'checkpoints')) ? resuming('killed') : start);
          await Promise.race([waitForStep('killed', 10 * kill - random.integer(10)), job.done]);
          await setTimeout(100 * random.uniform());
          const trainers = job.trainers();
          expect(trainers, 'the job must be running').toHaveLength(2);
          process.kill(trainers[random.integer(2)], 'SIGKILL');
          const { exitCode, output } = await job.done;
          expect(exitCode, `the job must end with the rank: ${output}`).not.toBe(0);
        }
        expect(await onRanks(2, resuming('killed'))).toMatchObject({ exitCode: 0 });
        expect(essenceOf(join(root, 'killed'))).toEqual(essenceOf(join(root, 'quiet')));
      },
    );
  });
} else it.skip('training under mpirun: there is no mpirun', () => undefined);
