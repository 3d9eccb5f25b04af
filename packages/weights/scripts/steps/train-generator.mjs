import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Endings after which a round has nothing left to train. */
const FINISHED = ['epochs', 'max-steps', 'max-minutes', 'collapsed'];

/** Whether the run has ended its round of so many epochs, or a later one. */
function isFinished(run, epochs) {
  const ending = join(run, 'ending.json');
  if (!existsSync(ending) || !FINISHED.includes(readJson(ending).reason)) return false;
  return readJson(join(run, 'config.json')).options.epochs >= epochs;
}

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

/**
 * Trains the generator with the trainer of this repository, or goes on with a run that was stopped. At the beginning of each round the learning
 * rates are what they were at first.
 *
 * @param rounds the epochs after which each round ends
 * @returns the trainer's exit code: 0 when the last round is finished
 */
export async function trainGenerator({ run, config, rounds, threads, trainer }) {
  for (const epochs of rounds) {
    if (isFinished(run, epochs)) continue;
    const started = existsSync(join(run, 'config.json'));
    const what = started ? ['--resume', run] : ['--config', config, '--out', run];
    const words = [...what, '--epochs', String(epochs), ...(threads === undefined ? [] : ['--threads', threads])];
    const code = await runTrainer([trainer, ...words]);
    if (code !== 0) return code;
  }
  return 0;
}

async function runTrainer(words) {
  const child = spawn(process.execPath, words, { stdio: 'inherit' });
  const ignore = () => {}; // Ctrl-C reaches the trainer too, which saves before it ends
  process.on('SIGINT', ignore);
  const forward = () => child.kill('SIGTERM');
  process.on('SIGTERM', forward);
  try {
    return await new Promise((done, fail) => child.on('error', fail).on('close', (code) => done(code ?? 1)));
  } finally {
    process.off('SIGINT', ignore);
    process.off('SIGTERM', forward);
  }
}
